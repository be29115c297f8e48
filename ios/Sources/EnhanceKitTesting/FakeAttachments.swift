import EnhanceKit
import Foundation

/// A file that belongs to something.
struct FakeAttachment {
  let id: ItemId
  let source: EvidenceSource
  let check: AttachmentCheck
  let bytes: Data
  let addedAt: Date
  /// Whether the server has it.
  var isStored = false
}

// MARK: Attachments

extension Shelf {
  /// Bytes of one file, and files of one thing.
  private static let (most, mostOfOne) = (20 << 20, 12)

  /// The type is known by how a file begins. Nothing is taken out of it here.
  func check(_ bytes: Data, name: String) throws(CoreError) -> AttachmentCheck {
    guard !bytes.isEmpty else { throw .unfit(.attachment, "the file is empty") }
    guard bytes.count <= Self.most else {
      let most = "an attachment has at most \(Self.most); make it smaller"
      throw .unfit(.attachment, "the file has \(bytes.count) bytes, and \(most)")
    }
    guard let type = MediaType(beginning: bytes) else {
      throw .unfit(
        .attachment,
        "only photographs (JPEG, PNG) and PDFs can be attached, and this is neither")
    }
    guard !name.allSatisfy({ $0.isWhitespace || $0 == "." }) else {
      throw .unfit(.attachment, "the file needs a name")
    }
    return AttachmentCheck(
      name: name, mediaType: type, bytesBefore: bytes.count, bytes: bytes.count,
      removed: [], removedInWords: [],
      found: check([(.fileName(name), name)], of: nil).findings)
  }

  mutating func attach(
    _ bytes: Data, name: String, to source: EvidenceSource
  ) throws(CoreError) -> AttachedFile {
    let check = try check(bytes, name: name)
    try mustHold(source)
    guard attached.filter({ $0.source == source }).count < Self.mostOfOne else {
      let limit = "\(Self.mostOfOne) files belong to this already"
      throw .unfit(.attachment, "\(limit); take one away first")
    }
    let id = ItemId(rawValue: memory.fresh("attachment"))
    attached.append(
      FakeAttachment(
        id: id, source: source, check: check, bytes: bytes, addedAt: memory.moment(clock())))
    note(.documents, .status)
    return AttachedFile(id: id, kept: check)
  }

  func attachments(_ source: EvidenceSource) throws(CoreError) -> [AttachmentView] {
    return try files(of: source).map { one in
      AttachmentView(
        id: one.id, of: source, name: one.check.name, mediaType: one.check.mediaType,
        bytes: one.check.bytes, sealedBytes: one.check.bytes + 32, addedAt: one.addedAt,
        here: true, stored: one.isStored, refusal: nil)
    }
  }

  func sameAttachment(
    _ bytes: Data, _ source: EvidenceSource
  ) throws(CoreError) -> AttachmentView? {
    _ = try check(bytes, name: "same")
    let same = try files(of: source).first { $0.bytes == bytes }?.id
    return try attachments(source).first { $0.id == same }
  }

  func openAttachment(_ source: EvidenceSource, _ id: ItemId) throws(CoreError) -> Data {
    guard let one = try files(of: source).first(where: { $0.id == id }) else {
      throw .notFound(.attachment, id.rawValue)
    }
    return one.bytes
  }

  mutating func removeAttachment(_ source: EvidenceSource, _ id: ItemId) throws(CoreError) {
    try mustHold(source)
    _ = try openAttachment(source, id)
    attached.removeAll { $0.id == id }
    note(.documents, .status)
  }

  /// The files of something of this person's, or of a copy that was shared.
  private func files(of source: EvidenceSource) throws(CoreError) -> [FakeAttachment] {
    if case .document(let id) = source, try document(id).kind == .sharedReflection {
      return memory.sharedFiles.filter { $0.source == source }
    }
    try mustHold(source)
    return attached.filter { $0.source == source }
  }

  /// Files belong to a reflection of this person's or to a thing in their record.
  private func mustHold(_ source: EvidenceSource) throws(CoreError) {
    switch source {
    case .document(let id): _ = try document(id, .reflection)
    case .item(let item):
      guard record.edits.contains(where: { $0.item?.id == item }) else {
        throw .notFound(.personalRecord, item.rawValue)
      }
    }
  }
}

extension MediaType {
  fileprivate init?(beginning bytes: Data) {
    let known: [(MediaType, [UInt8])] = [
      (.jpeg, [0xff, 0xd8, 0xff]), (.png, [0x89, 0x50, 0x4e, 0x47]),
      (.pdf, [0x25, 0x50, 0x44, 0x46]),
    ]
    guard let found = known.first(where: { bytes.starts(with: $0.1) }) else { return nil }
    self = found.0
  }
}

extension FakeLearningCore {
  /// The fake looks how a file begins, and takes nothing out of it.
  public func checkAttachment(_ bytes: Data, name: String) throws -> AttachmentCheck {
    try ask { shelf throws(CoreError) in try shelf.check(bytes, name: name) }
  }

  @discardableResult
  public func attach(
    _ bytes: Data, name: String, to source: EvidenceSource
  ) throws -> AttachedFile {
    try ask { shelf throws(CoreError) in try shelf.attach(bytes, name: name, to: source) }
  }

  public func sameAttachment(_ bytes: Data, of source: EvidenceSource) throws -> AttachmentView? {
    try ask { shelf throws(CoreError) in try shelf.sameAttachment(bytes, source) }
  }

  public func attachments(_ source: EvidenceSource) throws -> [AttachmentView] {
    try ask { shelf throws(CoreError) in try shelf.attachments(source) }
  }

  public func openAttachment(_ source: EvidenceSource, id: ItemId) throws -> Data {
    try ask { shelf throws(CoreError) in try shelf.openAttachment(source, id) }
  }

  /// Every file is here: a fake has no other device.
  public func fetchAttachment(
    _ source: EvidenceSource, id: ItemId, onProgress: @escaping OnProgress
  ) async throws -> Data {
    try openAttachment(source, id: id)
  }

  public func removeAttachment(_ source: EvidenceSource, id: ItemId) throws {
    try ask { shelf throws(CoreError) in try shelf.removeAttachment(source, id) }
  }
}
