import Foundation

/// What an app asks of paper: the page for an annual review, and what a person takes with them and
/// reads back. None of it needs a network but files that are to be fetched first.
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

  /// How many photographs and PDFs there are to take along, before anything is written.
  func exportSizes() throws -> ExportSizes

  /// Writes the attached files into a folder, one after the other, and answers the export that
  /// names them. Its texts are then to be written into the folder that `folder` is in.
  ///
  /// - Parameters:
  ///   - fetch: Whether what is not on this device is fetched; otherwise it is named as not here.
  ///   - onProgress: Hears how far it has come, on a thread of the core.
  func exportWithFiles(
    to folder: URL, fetch: Bool, onProgress: @escaping OnProgress
  ) async throws -> ExportWithFiles

  /// What reading an export back would bring, with its files, which are beside it in the folder
  /// `beside`. Nothing is written.
  ///
  /// - Parameter beside: The folder that the export is in, where the paths in it begin.
  func checkImport(
    _ json: String, beside: URL, onProgress: @escaping OnProgress
  ) async throws -> ImportCheck

  /// Reads an export back with its files, which are beside it in the folder `beside`. What is here
  /// already stays as it is; a file that is missing or was changed is named with the reason, and
  /// everything else is read.
  ///
  /// - Parameter beside: The folder that the export is in, where the paths in it begin.
  @discardableResult
  func importWithFiles(
    _ json: String, beside: URL, onProgress: @escaping OnProgress
  ) async throws -> ImportReport
}

extension PaperProtocol {
  public func exportWithFiles(to folder: URL, fetch: Bool = false) async throws -> ExportWithFiles {
    try await exportWithFiles(to: folder, fetch: fetch) { _ in }
  }

  public func checkImport(_ json: String, beside: URL) async throws -> ImportCheck {
    try await checkImport(json, beside: beside) { _ in }
  }

  @discardableResult
  public func importWithFiles(_ json: String, beside: URL) async throws -> ImportReport {
    try await importWithFiles(json, beside: beside) { _ in }
  }
}
