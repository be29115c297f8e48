/// Every kind of entry.
extension LearningCore {
  /// Keeps what a person is typing. Durable when this returns, and not yet in any history. An app
  /// seldom calls this itself: see ``typing(_:field:base:pause:)``.
  ///
  /// A text that is too long is kept as well; `CoreError.TooLarge` says so while the person can
  /// still shorten it.
  public func autosave(
    _ id: DocumentId, field: DraftField, base: Version, text: String
  ) throws {
    try handle.autosave(id: id, field: field, base: base, text: text)
  }

  /// Makes everything that was typed into an entry part of it, merged with whatever arrived since.
  @discardableResult
  public func settle(_ id: DocumentId) throws -> Version {
    try typings.settle(id)
    return try handle.settle(id: id)
  }

  /// Entries in which something was typed and is not settled.
  public func unsettled() throws -> [DocumentId] {
    try handle.unsettled()
  }

  /// Deletes an entry for ever: here, on the server and on every other device.
  public func delete(_ id: DocumentId) throws {
    try handle.delete(id: id)
  }

  /// How far an entry has come.
  public func status(_ id: DocumentId) throws -> DocumentStatus {
    try handle.status(id: id)
  }

  /// Who can see an entry or a copy of it, its owner first.
  public func readers(_ id: DocumentId) throws -> [Reader] {
    try handle.readers(id: id)
  }

  /// Lets the owner of an entry know that this person has seen it as it is now.
  public func markSeen(_ id: DocumentId) throws {
    try handle.markSeen(id: id)
  }

  /// Finds words, whatever a person types; the last one may be unfinished. Best first.
  public func search(
    _ query: String, offset: UInt32 = 0, limit: UInt32 = 50
  ) throws -> [Hit] {
    try handle.search(query: query, offset: offset, limit: limit)
  }

  /// Work the server refused that this person has not dealt with.
  public func quarantined() throws -> [QuarantineSummary] {
    try handle.quarantined()
  }

  /// Refused work, to be read.
  public func quarantinedItem(_ id: Int64) throws -> QuarantineView {
    try handle.quarantinedItem(id: id)
  }

  /// Does refused work once more, as a fresh change of what the document says now.
  @discardableResult
  public func replay(_ id: Int64) throws -> Version {
    try handle.replay(id: id)
  }

  /// Puts refused work away. It stays in exports.
  public func dismiss(_ id: Int64) throws {
    try handle.dismiss(id: id)
  }

  /// Everything this person can read on this device, as one JSON text.
  public func export() throws -> String {
    try handle.export()
  }
}
