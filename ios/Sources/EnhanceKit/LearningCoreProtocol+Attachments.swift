import Foundation

/// What an app asks of attachments: photographs and PDFs that belong to a reflection or to a thing
/// in the personal record.
public protocol AttachmentProtocol: Actor {
  /// What would be kept of a file and what is taken out of it, before anything is written: its
  /// size, its type, place and camera, and what in its name may tell who somebody is.
  ///
  /// What cannot be attached is refused with `CoreError.invalidInput`, with words.
  func checkAttachment(_ bytes: Data, name: String) throws -> AttachmentCheck

  /// Attaches a photograph (JPEG, PNG) or a PDF to a reflection or to a thing in the record, and
  /// says what was kept. It is on this device, sealed and durable, when this returns; it goes to
  /// the server after the words.
  @discardableResult
  func attach(_ bytes: Data, name: String, to source: EvidenceSource) throws -> AttachedFile

  /// The attached file that has the same in it as this one would, if there is one on this device:
  /// to be asked before the same is attached again.
  func sameAttachment(_ bytes: Data, of source: EvidenceSource) throws -> AttachmentView?

  /// The files of a reflection or of a thing in the record: how large each is, whether it is on
  /// this device and whether the server has it.
  func attachments(_ source: EvidenceSource) throws -> [AttachmentView]

  /// What is in a file that is on this device.
  func openAttachment(_ source: EvidenceSource, id: ItemId) throws -> Data

  /// What is in a file, which is fetched if it is not on this device. Goes
  /// on where an earlier attempt stopped.
  ///
  /// - Parameter onProgress: Hears how far it has come, on a thread of the core.
  func fetchAttachment(
    _ source: EvidenceSource, id: ItemId, onProgress: @escaping OnProgress
  ) async throws -> Data

  /// Takes a file away for ever: here at once, on the server and on other devices of this person
  /// when they hear of it.
  func removeAttachment(_ source: EvidenceSource, id: ItemId) throws
}

extension LearningCoreProtocol {
  public func fetchAttachment(_ source: EvidenceSource, id: ItemId) async throws -> Data {
    try await fetchAttachment(source, id: id) { _ in }
  }
}
