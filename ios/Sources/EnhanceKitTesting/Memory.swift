import EnhanceKit
import Foundation

/// What the fakes of several people share: all their documents, those that are gone, and who hears
/// of what becomes of them. Touched by whoever has the ``lock``, and by nobody else.
final class Memory: @unchecked Sendable {
  /// Whose turn it is.
  let lock = NSLock()
  var documents: [DocumentId: FakeDocument] = [:]
  var deleted: [DocumentId: Noun] = [:]
  /// When somebody was invited to a plan.
  var invitedAt: [DocumentId: [PersonId: Date]] = [:]
  /// In which plan a person is, and where in it.
  var places: [PersonId: (DocumentId, Place)] = [:]
  /// Of whom a person takes nothing more.
  var unwelcome: [PersonId: Set<PersonId>] = [:]
  /// By their text.
  var recipes: [String: Recipe] = [:]
  /// By their text: of which plan, after how many changes.
  var pages: [String: (DocumentId, Int)] = [:]
  /// By their text.
  var reviews: [String: FakePage] = [:]
  /// By their text.
  var exports: [String: FakeExport] = [:]
  /// Of exports with files, by their text.
  var exportedFiles: [String: [FakeAttachment]] = [:]
  /// In which folder beside the export these are.
  var exportFolders: [String: String] = [:]
  /// The files of copies that were shared.
  var sharedFiles: [FakeAttachment] = []
  var tickets: [FakeTicket] = []
  /// Who has left the programme.
  var left: Set<PersonId> = []
  /// What each of the fakes does when something has changed.
  var hearers: [@Sendable (Changes) -> Void] = []
  /// Of files of sign-offs, as what they were signed.
  var papers: [String: FakeTaken] = [:]
  /// Under which id a document that was read back is here, by whom.
  private var imported: [String: DocumentId] = [:]
  private var count = 0
  /// No other change is of that moment, so that a place in a list is one.
  private var lastChange = Date.distantPast

  /// `word` and a number that was not used before.
  func fresh(_ word: String) -> String {
    count += 1
    return "\(word)-\(count)"
  }

  /// The id of a document that a person reads back: the same each time.
  func imported(_ id: DocumentId, by person: PersonId) -> DocumentId {
    let place = "\(person) \(id)"
    if let known = imported[place] { return known }
    let new = DocumentId(rawValue: fresh("document"))
    imported[place] = new
    return new
  }

  /// Now, or the moment of the last change, which may be a little later.
  func latest(_ now: Date) -> Date { max(now, lastChange) }

  /// Now, or a moment later if something else has changed by then.
  func moment(_ now: Date) -> Date {
    lastChange = max(now, lastChange.addingTimeInterval(0.001))
    return lastChange
  }
}
