// Not run; see the build file beside the settings. Needs the Android SDK, its NDK, Rust with the three targets below,
// and cargo-ndk 4.

import javax.inject.Inject

plugins {
    alias(libs.plugins.android.library)
}

group = "org.enhance"
version = "0.1.0"

android {
    namespace = "org.enhance.android"
    compileSdk = libs.versions.compile.sdk.get().toInt()
    ndkVersion = libs.versions.ndk.get()

    defaultConfig {
        minSdk = libs.versions.min.sdk.get().toInt()
        consumerProguardFiles("consumer-rules.pro")
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
    }

    sourceSets.named("main") {
        kotlin.directories += "../../bindings/kotlin/src/values/kotlin"
        kotlin.directories += "../../bindings/kotlin/src/main/kotlin"
    }
}

dependencies {
    api(libs.coroutines)
    // Only the AAR has JNA's own libraries for Android.
    api("${libs.jna.get()}@aar")
}

androidComponents {
    onVariants { variant ->
        val core = tasks.register<RustCore>("${variant.name}RustCore") {
            workspace.set(layout.projectDirectory.dir("../.."))
            ndk.set(sdkComponents.ndkDirectory)
            minSdk.set(libs.versions.min.sdk)
            // Cargo knows better than Gradle whether anything changed.
            outputs.upToDateWhen { false }
        }
        variant.sources.jniLibs?.addGeneratedSourceDirectory(core, RustCore::libraries)
        variant.sources.kotlin?.addGeneratedSourceDirectory(core, RustCore::bindings)
    }
}

/** The core for each kind of processor, and the Kotlin that is generated from it. */
abstract class RustCore @Inject constructor(
    private val processes: ExecOperations,
    private val files: FileSystemOperations,
) : DefaultTask() {
    @get:Internal abstract val workspace: DirectoryProperty
    @get:Internal abstract val ndk: DirectoryProperty
    @get:Input abstract val minSdk: Property<String>
    @get:OutputDirectory abstract val libraries: DirectoryProperty
    @get:OutputDirectory abstract val bindings: DirectoryProperty

    @TaskAction
    fun build() {
        val output = libraries.get().asFile
        val targets = TARGETS.flatMap { listOf("--target", it) }
        cargo(
            listOf("ndk", "--platform", minSdk.get()) + targets + listOf("--output-dir", output.path) +
                listOf("build", "--locked", "--profile", "phone", "--package", "enhance-ffi"),
            "ANDROID_NDK_HOME" to ndk.get().asFile.path,
            // Phones with memory pages of 16 KB load no library that is laid out for 4 KB.
            "RUSTFLAGS" to "-C link-arg=-Wl,-z,max-page-size=16384",
        )
        val library = output.resolve("${TARGETS.first()}/libenhance_ffi.so")
        cargo(listOf("run", "--locked", "--package", "enhance-bindgen", "--", library.path, temporaryDir.path))
        files.sync {
            from(temporaryDir.resolve("kotlin"))
            into(bindings)
        }
    }

    private fun cargo(arguments: List<String>, vararg variables: Pair<String, String>) {
        processes.exec {
            workingDir(workspace)
            environment(variables.toMap())
            commandLine(listOf("cargo") + arguments)
        }
    }

    private companion object {
        val TARGETS = listOf("arm64-v8a", "armeabi-v7a", "x86_64")
    }
}
