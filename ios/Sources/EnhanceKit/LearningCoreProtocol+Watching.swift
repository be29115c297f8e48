/// What the screens of an app show.
extension LearningCoreProtocol {
  /// The first of the ``reflections(after:limit:)``, now and whenever they change.
  public nonisolated func watchReflections(
    limit: Int = 50
  ) -> AsyncThrowingStream<Portion<DocumentSummary>, any Error> {
    watch(.documents, .drafts, .status, .quarantine, .people) {
      try await self.reflections(limit: limit)
    }
  }

  /// A ``reflection(_:)``, now and whenever it changes.
  public nonisolated func watchReflection(
    _ id: DocumentId
  ) -> AsyncThrowingStream<ReflectionView, any Error> {
    watch(.documents, .drafts, .status, .members, .quarantine, .people, .packs, .account) {
      try await self.reflection(id)
    }
  }

  /// The first of the ``projects(after:limit:)``, now and whenever they change.
  public nonisolated func watchProjects(
    limit: Int = 50
  ) -> AsyncThrowingStream<Portion<DocumentSummary>, any Error> {
    watch(.documents, .drafts, .status, .quarantine, .members, .people) {
      try await self.projects(limit: limit)
    }
  }

  /// A ``project(_:)``, now and whenever it changes.
  public nonisolated func watchProject(
    _ id: DocumentId
  ) -> AsyncThrowingStream<ProjectView, any Error> {
    watch(.documents, .drafts, .status, .members, .quarantine, .people) {
      try await self.project(id)
    }
  }

  /// What is ``sharedWithMe()``, now and whenever it changes.
  public nonisolated func watchSharedWithMe() -> AsyncThrowingStream<[DocumentSummary], any Error> {
    watch(.documents, .members, .people) { try await self.sharedWithMe() }
  }

  /// The ``modules()``, now and whenever they change.
  public nonisolated func watchModules() -> AsyncThrowingStream<[ModuleSummary], any Error> {
    watch(.documents, .packs, .account) { try await self.modules() }
  }

  /// The ``syncState()``, now and whenever it changes.
  public nonisolated func watchSyncState() -> AsyncThrowingStream<SyncState, any Error> {
    watch(.sync, .status, .documents, .account) { try await self.syncState() }
  }

  /// What is ``quarantined()``, now and whenever it changes.
  public nonisolated func watchQuarantined()
    -> AsyncThrowingStream<[QuarantineSummary], any Error>
  {
    watch(.quarantine) { try await self.quarantined() }
  }
}
