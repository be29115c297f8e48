import Foundation

extension LearningCore {
  public func arcpHtml(_ days: DaysInARow) throws -> String {
    try ask { try $0.arcpHtml(from: days.from, to: days.to) }
  }

  public func arcpCsv(_ days: DaysInARow) throws -> String {
    try ask { try $0.arcpCsv(from: days.from, to: days.to) }
  }

  public func arcpJson(_ days: DaysInARow) throws -> String {
    try ask { try $0.arcpJson(from: days.from, to: days.to) }
  }

  public func arcpForm(_ days: DaysInARow) throws -> [FormField] {
    try ask { try $0.arcpForm(from: days.from, to: days.to) }
  }

  public func verifyArcp(_ html: String) throws -> ArcpVerdict {
    try ask { try $0.verifyArcp(html: html) }
  }

  public func export() throws -> String {
    try ask { try $0.export() }
  }

  public func exportCsv() throws -> String {
    try ask { try $0.exportCsv() }
  }

  public func exportReflections() throws -> String {
    try ask { try $0.exportReflections() }
  }

  @discardableResult
  public func importExport(_ json: String) throws -> ImportReport {
    try ask { try $0.importExport(json: json) }
  }
  public func exportSizes() throws -> ExportSizes {
    try ask { try $0.exportSizes() }
  }

  public func exportWithFiles(
    to folder: URL, fetch: Bool, onProgress: @escaping OnProgress
  ) async throws -> ExportWithFiles {
    try await cancellable {
      try await $0.exportWithFiles(
        folder: folder.filePath, fetch: fetch, cancellation: $1, listener: Listener(onProgress))
    }
  }

  public func checkImport(
    _ json: String, beside: URL, onProgress: @escaping OnProgress
  ) async throws -> ImportCheck {
    try await cancellable {
      try await $0.checkImport(
        json: json, beside: beside.filePath, cancellation: $1, listener: Listener(onProgress))
    }
  }

  @discardableResult
  public func importWithFiles(
    _ json: String, beside: URL, onProgress: @escaping OnProgress
  ) async throws -> ImportReport {
    try await cancellable {
      try await $0.importWithFiles(
        json: json, beside: beside.filePath, cancellation: $1, listener: Listener(onProgress))
    }
  }
}
