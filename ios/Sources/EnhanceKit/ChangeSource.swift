import Foundation

/// Where changes are heard of: the library, or a fake of it.
package protocol ChangeSource: Sendable {
  /// For what the source itself does not tell: that it was resumed or closed.
  var listeners: Listeners { get }

  /// Tells of each change until the answer is called. None once the core is closed.
  func observe(_ hear: @escaping @Sendable (Changes) -> Void) -> (@Sendable () -> Void)?
}

extension ChangeSource {
  /// What `hear` makes of each change, until the listener stops or the core is closed.
  package func listen<Element: Sendable>(
    buffering: AsyncStream<Element>.Continuation.BufferingPolicy,
    onResume: Element? = nil,
    hear: @escaping @Sendable (Changes) -> Element?
  ) -> AsyncStream<Element> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Element.self, bufferingPolicy: buffering)
    let tell: @Sendable (Element?) -> Void = { heard in
      if let heard { continuation.yield(heard) }
    }
    let leave = listeners.add(
      resumed: { tell(onResume) }, closed: { continuation.finish() })
    // A core that is closed has nothing to tell. One that closes just now ends the stream itself.
    guard let stop = observe({ tell(hear($0)) }) else {
      leave()
      continuation.finish()
      return stream
    }
    continuation.onTermination = { _ in
      leave()
      stop()
    }
    return stream
  }

  /// What `read` finds, at once and again after each change of these topics.
  package func watching<Value: Equatable & Sendable>(
    _ topics: Set<Topic>, read: @escaping @Sendable () async throws -> Value
  ) -> AsyncThrowingStream<Value, any Error> {
    let watch = Watch(read: read) {
      self.listen(buffering: .bufferingNewest(1), onResume: ()) { changes in
        changes.topics.contains { topics.contains($0.topic) } ? () : nil
      }
    }
    return AsyncThrowingStream { try await watch.next() }
  }
}

/// Reads again whenever it is asked for the next value and something has changed.
private actor Watch<Value: Equatable & Sendable> {
  private enum Stage {
    case new
    case watching(AsyncStream<Void>)
    case over
  }

  private let read: @Sendable () async throws -> Value
  private let listen: @Sendable () -> AsyncStream<Void>
  private var stage = Stage.new
  private var shown: Value?

  init(
    read: @escaping @Sendable () async throws -> Value,
    listen: @escaping @Sendable () -> AsyncStream<Void>
  ) {
    self.read = read
    self.listen = listen
  }

  /// The next value that is not the one before. Of a core that was left for good, what it answers.
  func next() async throws -> Value? {
    if case .new = stage {
      // Before the first reading, so that nothing falls between the two.
      stage = .watching(listen())
      if let value = try await fresh() { return value }
    }
    while case .watching(let changes) = stage, await changes.first(where: { true }) != nil {
      if let value = try await fresh() { return value }
    }
    // A task that was cancelled wants no error any more.
    if case .watching = stage, !Task.isCancelled { _ = try await fresh() }
    stage = .over
    return nil
  }

  /// What is there now, unless it was shown already or cannot be read while the core is suspended.
  private func fresh() async throws -> Value? {
    do {
      let value = try await read()
      guard value != shown else { return nil }
      shown = value
      return value
    } catch CoreError.suspended("suspended", _) {
      return nil
    } catch {
      stage = .over
      throw error
    }
  }
}
