extension LearningCore {
  public func autosave(
    _ id: DocumentId, field: DraftField, base: Version, text: String
  ) throws(CoreError) {
    try ask { try $0.autosave(id: id, field: field, base: base, text: text) }
  }

  @discardableResult
  public func settle(_ id: DocumentId) throws(CoreError) -> Version {
    try typings.settle(id)
    return try ask { try $0.settle(id: id) }
  }

  public func unsettled() throws(CoreError) -> [DocumentId] {
    try ask { try $0.unsettled() }
  }

  public func delete(_ id: DocumentId) throws(CoreError) {
    try ask { try $0.delete(id: id) }
  }

  public func status(_ id: DocumentId) throws(CoreError) -> DocumentStatus {
    try ask { try $0.status(id: id) }
  }

  public func readers(_ id: DocumentId) throws(CoreError) -> [Reader] {
    try ask { try $0.readers(id: id) }
  }

  public func markSeen(_ id: DocumentId) throws(CoreError) {
    try ask { try $0.markSeen(id: id) }
  }

  public func search(
    _ query: String, offset: Int, limit: Int
  ) throws(CoreError) -> [Hit] {
    try ask { try $0.search(query: query, offset: offset, limit: limit) }
  }

  public func quarantined() throws(CoreError) -> [QuarantineSummary] {
    try ask { try $0.quarantined() }
  }

  public func quarantinedItem(_ id: QuarantineId) throws(CoreError) -> QuarantineView {
    try ask { try $0.quarantinedItem(id: id) }
  }

  @discardableResult
  public func replay(_ id: QuarantineId) throws(CoreError) -> Version {
    try ask { try $0.replay(id: id) }
  }

  public func dismiss(_ id: QuarantineId) throws(CoreError) {
    try ask { try $0.dismiss(id: id) }
  }

  public func export() throws(CoreError) -> String {
    try ask { try $0.export() }
  }
}
