/// Hearing of changes, whoever made them: this person, another of their devices, somebody else.
extension LearningCore {
  /// Every set of changes from now on, in order and none left out. Ends when the core is closed.
  public nonisolated var changes: AsyncStream<Changes> {
    listen(buffering: .unbounded) { $0 }
  }

  /// What `read` finds: at once, and again after each change of these topics and when the core was
  /// resumed. A slow reader gets the newest only, and equal values come once. Ends when the core is
  /// closed, or with what `read` throws; while the core is suspended it waits.
  ///
  ///     for try await entries in core.watch(.documents, read: { try await core.reflections() }) {
  ///       show(entries)
  ///     }
  public nonisolated func watch<Value: Equatable & Sendable>(
    _ topics: Topic..., read: @escaping @Sendable () async throws -> Value
  ) -> AsyncThrowingStream<Value, any Error> {
    let topics = Set(topics)
    let watch = Watch(read: read) {
      self.listen(buffering: .bufferingNewest(1), onResume: ()) { changes in
        changes.topics.contains { topics.contains($0.topic) } ? () : nil
      }
    }
    return AsyncThrowingStream { try await watch.next() }
  }

  /// Watches ``reflections(offset:limit:)``.
  public nonisolated func watchReflections(
    offset: Int = 0, limit: Int = 50
  ) -> AsyncThrowingStream<[DocumentSummary], any Error> {
    watch(.documents, .drafts) { try await self.reflections(offset: offset, limit: limit) }
  }

  /// Watches ``reflection(_:)``.
  public nonisolated func watchReflection(
    _ id: DocumentId
  ) -> AsyncThrowingStream<ReflectionView, any Error> {
    watch(.documents, .drafts, .status, .members, .quarantine, .people, .packs, .account) {
      try await self.reflection(id)
    }
  }

  /// Watches ``projects(offset:limit:)``.
  public nonisolated func watchProjects(
    offset: Int = 0, limit: Int = 50
  ) -> AsyncThrowingStream<[DocumentSummary], any Error> {
    watch(.documents, .drafts, .members, .people) {
      try await self.projects(offset: offset, limit: limit)
    }
  }

  /// Watches ``project(_:)``.
  public nonisolated func watchProject(
    _ id: DocumentId
  ) -> AsyncThrowingStream<ProjectView, any Error> {
    watch(.documents, .drafts, .status, .members, .quarantine, .people) {
      try await self.project(id)
    }
  }

  /// Watches ``sharedWithMe()``.
  public nonisolated func watchSharedWithMe() -> AsyncThrowingStream<[DocumentSummary], any Error> {
    watch(.documents, .members, .people) { try await self.sharedWithMe() }
  }

  /// Watches ``modules()``.
  public nonisolated func watchModules() -> AsyncThrowingStream<[ModuleSummary], any Error> {
    watch(.documents, .packs, .account) { try await self.modules() }
  }

  /// Watches ``syncState()``.
  public nonisolated func watchSyncState() -> AsyncThrowingStream<SyncState, any Error> {
    watch(.sync, .status, .documents, .account) { try await self.syncState() }
  }

  /// Watches ``quarantined()``.
  public nonisolated func watchQuarantined()
    -> AsyncThrowingStream<[QuarantineSummary], any Error>
  {
    watch(.quarantine) { try await self.quarantined() }
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

  /// The next value that is not the one before; none when the core is closed.
  func next() async throws -> Value? {
    if case .new = stage {
      // Before the first reading, so that nothing falls between the two.
      stage = .watching(listen())
      if let value = try await fresh() { return value }
    }
    while case .watching(let changes) = stage, await changes.first(where: { true }) != nil {
      if let value = try await fresh() { return value }
    }
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
    } catch CoreError.suspended {
      return nil
    } catch {
      stage = .over
      throw error
    }
  }
}
