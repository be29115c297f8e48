extension LearningCore {
  public func createReflection(
    template: String, title: String, promptedBy: String?
  ) throws -> DocumentId {
    try ask { try $0.createReflection(template: template, title: title, promptedBy: promptedBy) }
  }

  public func reflections(after: ListPosition?, limit: Int) throws -> Portion<DocumentSummary> {
    try ask { Portion(try $0.reflections(after: after, limit: limit)) }
  }

  public func reflection(_ id: DocumentId) throws -> ReflectionView {
    try ask { try $0.reflection(id: id) }
  }

  @discardableResult
  public func editReflection(
    _ id: DocumentId, base: Version?, edits: [ReflectionEdit]
  ) throws -> Version {
    try ask { try $0.editReflection(id: id, base: base, edits: edits) }
  }

  @discardableResult
  public func shareReflection(_ id: DocumentId, with person: PersonId) throws
    -> DocumentId
  {
    try typings.settle(id)
    return try ask { try $0.shareReflection(id: id, with: person) }
  }

  public func checkBeforeSharing(_ id: DocumentId) throws -> SharingCheck {
    try ask { try $0.checkBeforeSharing(id: id) }
  }

  @discardableResult
  public func shareReflectionAcknowledged(
    _ id: DocumentId, with person: PersonId, acknowledged: Sha256
  ) throws -> DocumentId {
    try typings.settle(id)
    return try ask {
      try $0.shareReflectionAcknowledged(id: id, with: person, acknowledged: acknowledged)
    }
  }

  public func checkBeforeSharingWithFiles(
    _ id: DocumentId, files: [ItemId]
  ) throws -> SharingCheck {
    try ask { try $0.checkBeforeSharingWithFiles(id: id, files: files) }
  }

  @discardableResult
  public func shareReflectionWithFiles(
    _ id: DocumentId, with person: PersonId, files: [ItemId], acknowledged: Sha256
  ) throws -> DocumentId {
    try typings.settle(id)
    return try ask {
      try $0.shareReflectionWithFiles(
        id: id, with: person, files: files, acknowledged: acknowledged)
    }
  }

  public func sharedWithMe() throws -> [DocumentSummary] {
    try ask { try $0.sharedWithMe() }
  }

  public func sharedByMe() throws -> [DocumentSummary] {
    try ask { try $0.sharedByMe() }
  }

  public func sharedReflection(_ id: DocumentId) throws -> SharedView {
    try ask { try $0.sharedReflection(id: id) }
  }
}
