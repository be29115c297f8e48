import EnhanceKit
import Foundation

/// What the fakes of several people share: all their documents, those that are gone, and who hears
/// of what becomes of them. Touched by whoever has the ``lock``, and by nobody else.
final class Memory: @unchecked Sendable {
  /// Whose turn it is.
  let lock = NSLock()
  var documents: [DocumentId: FakeDocument] = [:]
  var deleted: [DocumentId: Noun] = [:]
  /// By their text.
  var recipes: [String: Recipe] = [:]
  /// By their text: of which plan, after how many changes.
  var pages: [String: (DocumentId, Int)] = [:]
  /// What each of the fakes does when something has changed.
  var hearers: [@Sendable (Changes) -> Void] = []
  private var count = 0
  /// No other change is of that moment, so that a place in a list is one.
  private var lastChange = Date.distantPast

  /// `word` and a number that was not used before.
  func fresh(_ word: String) -> String {
    count += 1
    return "\(word)-\(count)"
  }

  /// Now, or a moment later if something else has changed by then.
  func moment(_ now: Date) -> Date {
    lastChange = max(now, lastChange.addingTimeInterval(0.001))
    return lastChange
  }
}
