import Foundation

extension LearningCore {
  public func checkAttachment(_ bytes: Data, name: String) throws -> AttachmentCheck {
    try ask { try $0.checkAttachment(name: name, bytes: bytes) }
  }

  @discardableResult
  public func attach(
    _ bytes: Data, name: String, to source: EvidenceSource
  ) throws -> AttachedFile {
    try ask { try $0.attach(of: source, name: name, bytes: bytes) }
  }

  public func sameAttachment(_ bytes: Data, of source: EvidenceSource) throws -> AttachmentView? {
    try ask { try $0.sameAttachment(of: source, bytes: bytes) }
  }

  public func attachments(_ source: EvidenceSource) throws -> [AttachmentView] {
    try ask { try $0.attachments(of: source) }
  }

  public func openAttachment(_ source: EvidenceSource, id: ItemId) throws -> Data {
    try ask { try $0.openAttachment(of: source, id: id) }
  }

  public func fetchAttachment(
    _ source: EvidenceSource, id: ItemId, onProgress: @escaping OnProgress
  ) async throws -> Data {
    try await cancellable {
      try await $0.fetchAttachment(
        of: source, id: id, cancellation: $1, listener: Listener(onProgress))
    }
  }

  public func removeAttachment(_ source: EvidenceSource, id: ItemId) throws {
    try ask { try $0.removeAttachment(of: source, id: id) }
  }
}
