import EnhanceKit
import EnhanceKitTesting
import Testing

extension Stories {
  @Suite final class LogStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    @Test func aLoggerHearsWhatTheCoreDoesAndNeverWhatAPersonWrote() async throws {
      let heard = HeardLines()
      setLogger(logger: heard, most: .debug)
      defer { setLogger(logger: nil, most: .error) }
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

private final class HeardLines: Logger {
  let lines = Heard<String>()

  /// Hears, and then fails each time, which must be nobody's business but its own.
  func log(level _: LogLevel, part: String, line: String) throws {
    lines.append("\(part) \(line)")
    throw ListenerError.Failed(reason: "there is no room for a log")
  }
}
