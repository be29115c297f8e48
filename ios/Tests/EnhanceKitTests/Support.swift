import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

/// All stories, told one after the other: some measure time, and a program that is being started
/// has for a moment everything open that this process has, folders that were let go of too.
@Suite(.serialized) enum Stories {}

/// The error that `work` throws.
func error<Value>(
  of work: () async throws -> Value, sourceLocation: SourceLocation = #_sourceLocation
) async -> CoreError? {
  do {
    _ = try await work()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  } catch let error as CoreError {
    return error
  } catch {
    Issue.record("\(error) was thrown", sourceLocation: sourceLocation)
  }
  return nil
}

/// Notes that another error was thrown than the story is about.
func unexpected(_ error: CoreError?, sourceLocation: SourceLocation = #_sourceLocation) {
  Issue.record("\(String(describing: error)) was thrown", sourceLocation: sourceLocation)
}

/// Waits until something is so, for at most ten seconds.
func wait(
  sourceLocation: SourceLocation = #_sourceLocation,
  until isSo: () async throws -> Bool
) async throws {
  let limit = ContinuousClock.now + .seconds(10)
  while try await !isSo() {
    guard ContinuousClock.now < limit else {
      Issue.record("it never came to that", sourceLocation: sourceLocation)
      return
    }
    try await Task.sleep(for: .milliseconds(5))
  }
}

/// Lets phones hear of each other, and their people take part in what they are invited to.
func meet(_ phones: Phone...) async throws {
  for _ in 0..<2 {
    for phone in phones { try await phone.core.syncAndJoin() }
  }
}

extension LearningCoreProtocol {
  /// Syncs, accepts every invitation that waits, and fetches what it is to.
  func syncAndJoin() async throws {
    try await sync()
    let waiting = try invitations().filter { $0.standing == .waiting }
    for invitation in waiting { try acceptInvitation(invitation.project) }
    if !waiting.isEmpty { try await sync() }
  }
}

extension [Member] {
  /// Who takes part, and has not only been invited.
  var takingPart: [PersonId] { filter { $0.standing == .member }.map(\.person.id) }
}

/// How long `work` takes.
func time(_ work: () async throws -> Void) async rethrows -> Duration {
  try await ContinuousClock().measure(work)
}

/// What was heard so far, on any thread.
final class Heard<Element: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var elements: [Element] = []

  func append(_ element: Element) {
    lock.withLock { elements.append(element) }
  }

  var all: [Element] {
    lock.withLock { elements }
  }
}

extension LearningCore {
  /// Begins a reflection that says this.
  func reflect(_ text: String, title: String = "A long night") throws -> DocumentId {
    let id = try createReflection(template: "what-so-what", title: title)
    try editReflection(id, base: nil, edits: [.answer(prompt: "what", text: text)])
    return id
  }

  /// What a reflection says.
  func answer(_ id: DocumentId, to prompt: String = "what") throws -> String? {
    try reflection(id).reflection.answers[prompt]
  }

  /// What a section of a project says.
  func section(_ section: ProjectSection, of id: DocumentId) throws -> String? {
    try project(id).project.sections[section]
  }

  /// Writes a section of a project on what the screen shows.
  func write(_ text: String, in section: ProjectSection, of id: DocumentId) throws {
    let shown = try project(id)
    try editProject(id, base: shown.version, edits: [.section(section: section, text: text)])
  }
}
