import EnhanceKit
import Foundation

// Files that go along: with an export, with what is read back, and with a shared copy.

extension Shelf {
  func exportSizes() -> ExportSizes {
    let bytes = attached.map(\.bytes.count).reduce(0, +)
    return ExportSizes(
      files: attached.count, bytes: bytes, filesHere: attached.count, bytesHere: bytes)
  }

  /// Every file is here, so that none is left out.
  func export(filesTo folder: URL) throws(CoreError) -> ExportWithFiles {
    let json = try export()
    let files = try attached.map { file throws(CoreError) in
      let name = "\(file.id)-\(file.check.name)"
      try write(file.bytes, to: folder, name)
      return ExportedFile(
        id: file.id, of: file.source, name: file.check.name, mediaType: file.check.mediaType,
        bytes: file.bytes.count, addedAt: file.addedAt,
        path: "\(folder.lastPathComponent)/\(name)", sha256: Self.digest(file.bytes),
        leftOut: nil, leftOutInWords: nil)
    }
    memory.exportedFiles[json] = attached
    memory.exportFolders[json] = folder.lastPathComponent
    return ExportWithFiles(
      json: json, reflections: exportReflections(), csv: exportCsv(), files: files)
  }

  private func write(_ bytes: Data, to folder: URL, _ name: String) throws(CoreError) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try bytes.write(to: folder.appending(path: name))
    } catch {
      throw .unfit(.export, "nothing can be written into this folder")
    }
  }

  func checkImport(_ json: String, beside: URL) throws(CoreError) -> ImportCheck {
    let me = try me()
    guard let export = memory.exports[json] else {
      throw .unfit(.export, "this fake never made it")
    }
    let reflections = export.reflections.filter { !isKnown($0.id, by: me.id) }
    let plans = export.plans.filter { !isKnown($0.id, by: me.id) }
    let all = export.reflections.count + export.plans.count
    let (new, missing) = try files(of: json, beside)
    return ImportCheck(
      reflections: reflections.count, projects: plans.count, things: newThings(export.record),
      alreadyHere: all - reflections.count - plans.count + known(of: export), files: new.count,
      bytes: new.map(\.bytes.count).reduce(0, +), room: 500_000_000,
      filesAlreadyHere: (memory.exportedFiles[json] ?? []).count - new.count - missing.count,
      filesNotRead: missing, signOffs: lacking(of: export).count,
      signOffsLeftOut: leftOut(of: export), asTheyWere: asTheyWere(export.record))
  }

  mutating func importWithFiles(
    _ json: String, beside: URL
  ) throws(CoreError) -> ImportReport {
    let (new, missing) = try files(of: json, beside)
    let me = try me().id
    let read = try importExport(json)
    let known = (memory.exportedFiles[json] ?? []).count - new.count - missing.count
    for file in new {
      var source = file.source
      if case .document(let id) = source, memory.documents[id]?.owner.id != me {
        source = .document(memory.imported(id, by: me))
      }
      attached.append(
        FakeAttachment(
          id: file.id, source: source, check: file.check, bytes: file.bytes,
          addedAt: file.addedAt))
    }
    return ImportReport(
      reflections: read.reflections, projects: read.projects, things: read.things,
      alreadyHere: read.alreadyHere, projectsOfOthers: read.projectsOfOthers,
      sharedCopies: read.sharedCopies, comments: read.comments, files: new.count,
      filesAlreadyHere: known, filesNotRead: missing, signOffs: read.signOffs,
      signOffsLeftOut: read.signOffsLeftOut, asTheyWere: read.asTheyWere)
  }

  /// The files of an export that are to be read, and those that are not beside it.
  private func files(
    of json: String, _ beside: URL
  ) throws(CoreError) -> ([FakeAttachment], [FileNotRead]) {
    let all = memory.exportedFiles[json] ?? []
    let unknown = all.filter { file in !attached.contains { $0.id == file.id } }
    let there = unknown.filter { file in
      (try? Data(contentsOf: beside.appending(path: path(of: file, in: json)))) == file.bytes
    }
    let missing = unknown.filter { file in !there.contains { $0.id == file.id } }
    return (
      there,
      missing.map { file in
        FileNotRead(
          name: file.check.name, path: path(of: file, in: json), fault: .missing,
          reason: "the file is not beside the export")
      }
    )
  }

  private func path(of file: FakeAttachment, in json: String) -> String {
    "\(memory.exportFolders[json] ?? "")/\(file.id)-\(file.check.name)"
  }

  // MARK: Shared with a copy

  /// Nobody looks through a picture: each counts among what is asked about, and its name is looked
  /// through.
  func check(_ id: DocumentId, with files: [ItemId]) throws(CoreError) -> SharingCheck {
    for file in files { _ = try openAttachment(.document(id), file) }
    let going = attached.filter { files.contains($0.id) }
    let check = try check(id, names: going.map(\.check.name))
    guard !files.isEmpty else { return check }
    let digest = seal([check.acknowledgement.rawValue] + files.map(\.rawValue))
    return SharingCheck(
      document: id, findings: check.findings, more: 0,
      probable: check.probable + [FindingCount(kind: .unseenFile, count: files.count)],
      acknowledgement: Sha256(rawValue: String(repeating: digest, count: 4)))
  }

  mutating func share(
    _ id: DocumentId, with reader: PersonId, _ files: [ItemId], _ acknowledged: Sha256
  ) throws(CoreError) -> DocumentId {
    _ = try settle(id)
    try check(id, with: files).mustBeSettled(acknowledged)
    let copy = try share(id, with: reader, acknowledged: try check(id).acknowledgement)
    memory.sharedFiles += attached.filter { files.contains($0.id) }.map { file in
      FakeAttachment(
        id: file.id, source: .document(copy), check: file.check, bytes: file.bytes,
        addedAt: file.addedAt, isStored: file.isStored)
    }
    return copy
  }

  private static func digest(_ bytes: Data) -> Sha256 {
    Sha256(rawValue: String(repeating: seal([bytes.base64EncodedString()]), count: 4))
  }
}

extension FakeLearningCore {
  public func exportSizes() throws -> ExportSizes {
    try ask { shelf throws(CoreError) in shelf.exportSizes() }
  }

  /// The files are written; its text fakes of one memory make documents of again, and the core does
  /// not.
  public func exportWithFiles(
    to folder: URL, fetch: Bool, onProgress: @escaping OnProgress
  ) async throws -> ExportWithFiles {
    try ask { shelf throws(CoreError) in try shelf.export(filesTo: folder) }
  }

  public func checkImport(
    _ json: String, beside: URL, onProgress: @escaping OnProgress
  ) async throws -> ImportCheck {
    try ask { shelf throws(CoreError) in try shelf.checkImport(json, beside: beside) }
  }

  @discardableResult
  public func importWithFiles(
    _ json: String, beside: URL, onProgress: @escaping OnProgress
  ) async throws -> ImportReport {
    try ask { shelf throws(CoreError) in try shelf.importWithFiles(json, beside: beside) }
  }
}
