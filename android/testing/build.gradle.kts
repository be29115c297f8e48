// Not run; see the build file beside the settings.

plugins {
    alias(libs.plugins.android.library)
}

group = "org.enhance"
version = "0.1.0"

android {
    namespace = "org.enhance.testing"
    compileSdk = libs.versions.compile.sdk.get().toInt()

    defaultConfig {
        minSdk = libs.versions.min.sdk.get().toInt()
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
    }

    sourceSets.named("main") {
        kotlin.directories += "../../bindings/kotlin-testing/src/main/kotlin"
    }
}

dependencies {
    api(project(":enhance-android"))
}
