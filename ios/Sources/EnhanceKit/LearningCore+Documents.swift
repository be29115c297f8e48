/// Every kind of entry.
extension LearningCore {
  /// Keeps what a person is typing. Durable when this returns, and not yet in any history. An app
  /// seldom calls this itself: see ``typing(_:field:base:pause:)``.
  ///
  /// A text that is too long is kept as well; `CoreError.tooLarge` says so while the person can
  /// still shorten it.
  public func autosave(
    _ id: DocumentId, field: DraftField, base: Version, text: String
  ) throws {
    try ask { try $0.autosave(id: id, field: field, base: base, text: text) }
  }

  /// Makes everything that was typed into an entry part of it, merged with whatever arrived since.
  @discardableResult
  public func settle(_ id: DocumentId) throws -> Version {
    try typings.settle(id)
    return try ask { try $0.settle(id: id) }
  }

  /// Entries in which something was typed and is not settled.
  public func unsettled() throws -> [DocumentId] {
    try ask { try $0.unsettled() }
  }

  /// Deletes an entry for ever: here, on the server and on every other device.
  public func delete(_ id: DocumentId) throws {
    try ask { try $0.delete(id: id) }
  }

  /// How far an entry has come.
  public func status(_ id: DocumentId) throws -> DocumentStatus {
    try ask { try $0.status(id: id) }
  }

  /// Who can see an entry or a copy of it, its owner first.
  public func readers(_ id: DocumentId) throws -> [Reader] {
    try ask { try $0.readers(id: id) }
  }

  /// Lets the owner of an entry know that this person has seen it as it is now.
  public func markSeen(_ id: DocumentId) throws {
    try ask { try $0.markSeen(id: id) }
  }

  /// Finds words, whatever a person types; the last one may be unfinished. Best first.
  public func search(
    _ query: String, offset: Int = 0, limit: Int = 50
  ) throws -> [Hit] {
    try ask { try $0.search(query: query, offset: offset, limit: limit) }
  }

  /// Work the server refused that this person has not dealt with.
  public func quarantined() throws -> [QuarantineSummary] {
    try ask { try $0.quarantined() }
  }

  /// Refused work, to be read.
  public func quarantinedItem(_ id: QuarantineId) throws -> QuarantineView {
    try ask { try $0.quarantinedItem(id: id) }
  }

  /// Does refused work once more, as a fresh change of what the document says now.
  @discardableResult
  public func replay(_ id: QuarantineId) throws -> Version {
    try ask { try $0.replay(id: id) }
  }

  /// Puts refused work away. It stays in exports.
  public func dismiss(_ id: QuarantineId) throws {
    try ask { try $0.dismiss(id: id) }
  }

  /// Everything this person can read on this device, as one JSON text.
  public func export() throws -> String {
    try ask { try $0.export() }
  }
}
