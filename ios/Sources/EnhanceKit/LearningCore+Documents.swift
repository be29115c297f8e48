extension LearningCore {
  public func autosave(
    _ id: DocumentId, field: DraftField, base: Version, text: String
  ) throws {
    try ask { try $0.autosave(id: id, field: field, base: base, text: text) }
  }

  @discardableResult
  public func settle(_ id: DocumentId) throws -> Version {
    try typings.settle(id)
    return try ask { try $0.settle(id: id) }
  }

  public func unsettled() throws -> [DocumentId] {
    try ask { try $0.unsettled() }
  }

  public func delete(_ id: DocumentId) throws {
    try ask { try $0.delete(id: id) }
  }

  public func status(_ id: DocumentId) throws -> DocumentStatus {
    try ask { try $0.status(id: id) }
  }

  public func heldBy(_ id: DocumentId) throws -> Obstacle? {
    try ask { try $0.heldBy(id: id) }
  }

  public func readers(_ id: DocumentId) throws -> [Reader] {
    try ask { try $0.readers(id: id) }
  }

  public func markSeen(_ id: DocumentId) throws {
    try ask { try $0.markSeen(id: id) }
  }

  public func search(
    _ query: String, offset: Int, limit: Int, order: SearchOrder
  ) throws -> Portion<Hit> {
    try ask {
      Portion(try $0.search(query: query, offset: offset, limit: limit, order: order))
    }
  }

  public func quarantined() throws -> [QuarantineSummary] {
    try ask { try $0.quarantined() }
  }

  public func quarantinedItem(_ id: QuarantineId) throws -> QuarantineView {
    try ask { try $0.quarantinedItem(id: id) }
  }

  @discardableResult
  public func replay(_ id: QuarantineId) throws -> Version {
    try ask { try $0.replay(id: id) }
  }

  public func dismiss(_ id: QuarantineId) throws {
    try ask { try $0.dismiss(id: id) }
  }
}
