// Written by the documentation of the Android Gradle plugin 9.4 and not run: neither Gradle's plugins for Android nor
// the NDK can be had where this project is built, so its tests compile and run the same sources with Maven.

buildscript {
    dependencies {
        // The compiler that the sources are tested with; without it the Android Gradle plugin brings an older one.
        classpath(libs.kotlin.gradle.plugin)
    }
}

plugins {
    alias(libs.plugins.android.library) apply false
}
