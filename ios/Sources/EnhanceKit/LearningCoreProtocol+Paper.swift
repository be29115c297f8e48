import Foundation

/// What an app asks of paper: the page for an annual review, and what a person takes with them and
/// reads back. None of it needs a network.
public protocol PaperProtocol: Actor {
  /// The page for an annual review as one page of HTML, fit for printing on A4. It has the same
  /// bytes wherever it is made of the same record on the same day.
  func arcpHtml(_ days: DaysInARow) throws -> String

  /// The page for an annual review as CSV.
  func arcpCsv(_ days: DaysInARow) throws -> String

  /// The page for an annual review as JSON, with days as 2026-08-05.
  func arcpJson(_ days: DaysInARow) throws -> String

  /// The same as texts to paste into the form of a portfolio.
  func arcpForm(_ days: DaysInARow) throws -> [FormField]

  /// Whether such a page still agrees with the record it was made of. On a device of somebody
  /// else only its digest can be checked.
  func verifyArcp(_ html: String) throws -> ArcpVerdict

  /// Everything this person can read on this device, with versions, for a file of theirs. It is
  /// JSON.
  func export() throws -> String

  /// The personal record as CSV.
  func exportCsv() throws -> String

  /// The reflections as one page of HTML.
  func exportReflections() throws -> String

  /// Reads an export back, also that of another account. What is here already stays as it is; a
  /// file that is damaged changes nothing.
  @discardableResult
  func importExport(_ json: String) throws -> ImportReport
}
