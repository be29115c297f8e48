import EnhanceKit
import EnhanceKitTesting
import Testing

extension Stories {
  @Suite final class LogStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    @Test func aLogListenerHearsWhatTheCoreDoesAndNeverWhatAPersonWrote() async throws {
      let heard = HeardLines()
      setLogListener(listener: heard, most: .debug)
      defer { setLogListener(listener: nil, most: .error) }
      let canary = "Mrs Canary of ward 7"
      let core = try await world.trainee().core
      let id = try await core.reflect(canary, title: canary)
      let shown = try await core.reflection(id).version
      let typing = core.typing(id, field: .answer("so-what"), base: shown)
      typing.typed(String(repeating: canary, count: 3_000))
      _ = try? await typing.settle()
      _ = try await core.search(canary)
      _ = try await core.reflection(id)
      try await core.sync()
      await world.server.stop()
      _ = try? await core.sync()
      #expect(heard.lines.all.contains { $0.hasPrefix("enhance_") })
      #expect(!heard.lines.all.contains { $0.contains("Canary") })
    }
  }
}

private final class HeardLines: LogListener {
  let lines = Heard<String>()

  /// Hears, and then fails each time, which must trouble only itself.
  func log(level _: LogLevel, part: String, line: String) throws {
    lines.append("\(part) \(line)")
    throw ListenerError.failed(reason: "there is no room for a log")
  }
}
