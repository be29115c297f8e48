pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositories {
        google()
        mavenCentral()
    }
}

rootProject.name = "enhance"
include(":enhance-android")
project(":enhance-android").projectDir = file("library")
include(":enhance-testing")
project(":enhance-testing").projectDir = file("testing")
