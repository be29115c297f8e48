import EnhanceKit
import EnhanceKitTesting
import Foundation

/// Tells the process that started this one, at once.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}

/// Writes reflections until the process is ended, and says of each when it is safe.
func writeForEver(in folder: String) async throws {
  let core = try await openCore(in: folder)
  say("ready")
  for number in 0... {
    say("safe \(try await reflect("word \(number)", in: core))")
  }
}

/// Writes and types until the disk takes no more, reads what is there, makes room and goes on.
func fillDisk(in folder: String, server: String, invitation: String) async throws {
  let core = try await openCore(in: folder)
  _ = try await core.enrol(server: server, invitation: invitation, deviceName: "a small phone")
  let ballast = URL(filePath: folder).appending(path: "ballast")
  try Data(count: 1 << 20).write(to: ballast)
  var written = try await reflectUntilFull(in: core)
  say("full \(!written.isEmpty)")

  var typed: [DocumentId] = []
  let refused = try await typeUntilFull(into: written, in: core) { typed.append($0) }
  say("refused \(refused?.failure?.reason ?? "nothing, of \(written.count)")")
  say("readable \(Set(written).isSubset(of: try await allReflections(in: core)))")

  try FileManager.default.removeItem(at: ballast)
  if let refused {
    try await refused.flush()
    typed.append(refused.id)
    try await refused.settle()
  }
  written.append(try await reflect("after", in: core))
  await core.close()

  let again = try await openCore(in: folder)
  var isTyped = true
  for id in typed {
    let answers = try await again.reflection(id).reflection.answers
    isTyped = isTyped && answers["so-what"] == typedText
  }
  say("typed \(isTyped)")
  say("kept \(Set(written).isSubset(of: try await allReflections(in: again)))")
}

/// Calls the core a hundred thousand times, and says how much memory is in use before and after, and
/// how many milliseconds of a processor were spent.
func callManyTimes(in folder: String, server: String, invitation: String) async throws {
  let core = try await openCore(in: folder)
  _ = try await core.enrol(server: server, invitation: invitation, deviceName: "a busy phone")
  let (id, begun) = (try await reflect("Four falls.", in: core), spent())
  for number in 0..<110_000 {
    if number == 10_000 { say("\(try residentKilobytes()) \(spent() - begun)") }
    try await call(number, core, id)
  }
  say("\(try residentKilobytes()) \(spent() - begun)")
}

private func call(_ number: Int, _ core: LearningCore, _ id: DocumentId) async throws {
  switch number % 25 {
  case 0: _ = try await core.reflection(id)
  case 1: _ = try await core.reflections()
  case 2...5: _ = core.changes
  case 6...9: _ = try? await core.reflection(DocumentId(rawValue: "no id"))
  case 10...13: try await core.setConditions(.init(online: true, metered: false, foreground: true))
  default: _ = try await core.account()
  }
}

/// Opens the account of a folder, with the key beside it.
private func openCore(in folder: String) async throws -> LearningCore {
  let folder = URL(filePath: folder)
  let keys = FileKeys(folder.appending(path: "key"))
  return try await LearningCore.open(folder.appending(path: "account"), keys: keys)
}

private func reflect(_ text: String, in core: LearningCore) async throws -> DocumentId {
  let id = try await core.createReflection(template: "what-so-what", title: "Under fire")
  try await core.editReflection(id, base: nil, edits: [.answer(prompt: "what", text: text)])
  return id
}

private func reflectUntilFull(in core: LearningCore) async throws -> [DocumentId] {
  let text = String(repeating: "Four falls in one night. ", count: 400)
  var written: [DocumentId] = []
  do {
    while true {
      written.append(try await reflect("\(text)\(written.count)", in: core))
    }
  } catch CoreError.storage(.full, _, _) {
    return written
  }
}

/// 44 KB, which is nearly as much as one edit may change.
private let typedText = String(repeating: "Typed on a full disk. ", count: 2_000)

/// Types a text into one reflection after the other, and returns the field whose text was refused.
/// The first may still fit on a disk that has just refused something: what the log holds goes into
/// the database when it can, and makes room in the log. All together need more than that.
private func typeUntilFull(
  into reflections: [DocumentId], in core: LearningCore, safe: (DocumentId) -> Void
) async throws -> Typing? {
  for id in reflections {
    let typing = core.typing(
      id, field: .answer("so-what"), base: try await core.reflection(id).version,
      pause: .seconds(600))
    typing.typed(typedText)
    do {
      try await typing.flush()
    } catch CoreError.storage(.full, _, _) {
      return typing
    }
    safe(id)
  }
  return nil
}

private func allReflections(in core: LearningCore) async throws -> [DocumentId] {
  try await core.reflections(limit: 10_000).map(\.id)
}

/// Milliseconds for which processors have worked for this process, however long it waited for them.
/// POSIX counts a million in a second.
private func spent() -> Int { Int(clock()) / 1_000 }

private func residentKilobytes() throws -> Int {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
  return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
}
