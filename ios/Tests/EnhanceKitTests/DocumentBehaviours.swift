import EnhanceKit
import Foundation
import Testing

extension Behaviour {
  /// What every kind of document can do.
  static var documents: [Behaviour] {
    [
      Behaviour("what is typed is a draft until it is settled") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let shown = try await core.reflection(id).version
        try await core.autosave(id, field: .answer("what"), base: shown, text: "Five falls.")
        let typed = try await core.reflection(id)
        #expect(typed.drafts.map(\.text) == ["Five falls."] && typed.version == shown)
        #expect(typed.reflection.answers["what"] == "Five falls.", "a screen shows what was typed")
        #expect(try await core.unsettled() == [id])
        let settled = try await core.settle(id)
        #expect(try await core.reflection(id).version == settled && settled != shown)
        #expect(try await core.unsettled().isEmpty)
        #expect(try await core.settle(id) == settled, "there is nothing more to settle")
      },
      Behaviour("a text that is too long is kept and is not settled") { subject in
        let (core, id) = (subject.core, try await subject.reflect(""))
        let shown = try await core.reflection(id).version
        let long = String(repeating: "x", count: 300_000)
        let refused = await error {
          try await core.autosave(id, field: .answer("what"), base: shown, text: long)
        }
        guard case .tooLarge(262_144, .answer("what"), 37_856, "text_too_long", _) = refused else {
          return unexpected(refused)
        }
        let unsettled = await error { try await core.settle(id) }
        guard case .tooLarge = unsettled else { return unexpected(unsettled) }
        let isKept = try await core.reflection(id).drafts.map(\.text) == [long]
        #expect(isKept)
      },
      Behaviour("a text that is too long keeps no other from being settled") { subject in
        let core = subject.core
        let id = try await core.createProject(title: "Falls", topic: "pop", setting: "Ward 7")
        let shown = try await core.project(id).version
        let long = String(repeating: "x", count: 262_145)
        _ = await error {
          try await core.autosave(id, field: .section(.plan), base: shown, text: long)
        }
        try await core.autosave(id, field: .section(.problem), base: shown, text: "Dark.")
        let refused = await error { try await core.settle(id) }
        guard case .tooLarge(_, .section(.plan), 1, _, _) = refused else {
          return unexpected(refused)
        }
        let settled = try await core.project(id)
        #expect(settled.project.sections[.problem] == "Dark." && settled.version != shown)
        #expect(settled.drafts.map(\.field) == [.section(.plan)])
      },
      Behaviour("a field of text settles what is typed, and takes nothing once closed") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let shown = try await core.reflection(id).version
        let typing = core.typing(
          id, field: .answer("what"), base: shown, pause: .milliseconds(50))
        #expect(typing.typed("Five falls."))
        try await typing.flush()
        try await wait { try await core.unsettled().isEmpty }
        #expect(try await subject.answer(id) == "Five falls.")
        #expect(typing.failure == nil && !typing.hasNewer)
        typing.typed("Six falls.")
        try await typing.close()
        #expect(!typing.typed("Seven falls."))
        #expect(try await subject.answer(id) == "Six falls.")
      },
      Behaviour("a field of text hands out what was written elsewhere") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let shown = try await core.reflection(id).version
        let typing = core.typing(id, field: .answer("what"), base: shown, pause: .seconds(600))
        let edits = [ReflectionEdit.answer(prompt: "what", text: "Five falls.")]
        try await core.editReflection(id, base: nil, edits: edits)
        for await _ in typing.arrivals { break }
        #expect(typing.refresh() == "Five falls." && !typing.hasNewer)
      },
      Behaviour("words are found by their beginnings, in capitals or not") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls in one night."))
        _ = try await subject.reflect("Nothing of note.", title: "A short day")
        for query in ["falls", "FOUR nig", "long"] {
          let target = HitTarget.document(id: id, kind: .reflection)
          #expect(try await core.search(query).map(\.target) == [target], "\(query)")
        }
        #expect(try await core.search("pharmacist").isEmpty)
        #expect(try await core.search("").isEmpty)
      },
      Behaviour("what was deleted is gone, and says so") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        try await core.delete(id)
        #expect(try await core.reflections().isEmpty)
        #expect(try await core.search("falls").isEmpty)
        let refused = await error { try await core.reflection(id) }
        guard case .gone(.reflection, id, .deleted, "deleted", _) = refused else {
          return unexpected(refused)
        }
        let again = await error { try await core.delete(id) }
        guard case .gone = again else { return unexpected(again) }
      },
      Behaviour("what is not here is not found") { subject in
        let (core, missing) = (subject.core, subject.missing)
        for refused in [
          await error { try await core.reflection(missing) },
          await error { try await core.project(missing) },
          await error { try await core.sharedReflection(missing) },
          await error { try await core.editReflection(missing, base: nil, edits: []) },
          await error { try await core.shareReflection(missing, with: subject.colleague) },
          await error { try await core.settle(missing) },
          await error { try await core.status(missing) },
          await error { try await core.readers(missing) },
          await error { try await core.delete(missing) },
        ] {
          guard case .notFound(_, missing.rawValue, "not_found", _) = refused else {
            return unexpected(refused)
          }
        }
        let module = await error { try await core.module("pop") }
        guard case .notFound(.pack, _, _, _) = module else { return unexpected(module) }
      },
    ]
  }

  /// A core and its account, from the first sync until it is closed.
  static var lives: [Behaviour] {
    [
      Behaviour("a sync brings everything to the server") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        #expect(try await core.account()?.person.name == "Dr Ana Ruiz")
        #expect(try await core.people().contains { $0.id == subject.colleague })
        #expect(try await core.status(id).stage == .saved)
        #expect(try await core.syncState().waitingEntries > 0)
        #expect(try await core.sync().waiting == 0)
        #expect(try await core.status(id).stage == .stored)
        #expect(try await core.syncState().waitingEntries == 0)
        #expect(try await core.syncState().lastSuccess != nil)
      },
      Behaviour("kept in sync, what is written is sent until the task is cancelled") { subject in
        let keeping = Task { try await subject.core.keepInSync() }
        let id = try await subject.reflect("Four falls.")
        try await wait { try await subject.core.status(id).stage == .stored }
        keeping.cancel()
        await #expect(throws: CancellationError.self) { try await keeping.value }
      },
      Behaviour("a screen is told of every change") { subject in
        var shown = subject.core.watchReflections().makeAsyncIterator()
        #expect(try await shown.next()?.count == 0)
        let id = try await subject.core.createReflection(template: "gibbs", title: "One")
        #expect(try await shown.next()?.map(\.id) == [id])
        let changes = subject.core.changes
        try await subject.core.delete(id)
        #expect(try await shown.next()?.isEmpty == true)
        for await change in changes {
          #expect(change.topics.contains { $0.topic == .documents && $0.documents == [id] })
          break
        }
      },
      Behaviour("a core that is suspended answers again when it is resumed") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let shown = try await core.reflection(id).version
        let typing = core.typing(id, field: .answer("what"), base: shown, pause: .seconds(600))
        await core.suspendCore()
        let refused = await error { try await core.reflection(id) }
        guard case .suspended("suspended", _) = refused else { return unexpected(refused) }
        typing.typed("Five falls.")
        try await core.resumeCore()
        try await core.resumeCore()
        #expect(try await subject.answer(id) == "Five falls.")
      },
      Behaviour("a core that is closed answers nothing, and its streams end") { subject in
        let (core, changes) = (subject.core, subject.core.changes)
        await core.close()
        await core.close()
        for refused in [
          await error { try await core.account() }, await error { try await core.resumeCore() },
          await error { try await core.sync() },
        ] {
          guard case .suspended("closed", _) = refused else { return unexpected(refused) }
        }
        for await _ in changes { Issue.record("a closed core tells of changes") }
        for await _ in core.changes { Issue.record("a closed core tells of changes") }
      },
    ]
  }
}
