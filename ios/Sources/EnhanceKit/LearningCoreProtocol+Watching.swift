/// What the screens of an app show.
extension LearningCoreProtocol {
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
