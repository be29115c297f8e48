import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

private let past = Date.now.addingTimeInterval(-60 * 60)

private func round(part: String = "") -> LearningSession {
  LearningSession(
    title: "Grand round", activity: nil, module: nil, start: past, minutes: 60, kind: .core,
    part: part)
}

extension Behaviour {
  /// What names something of the programme that it does not have.
  fileprivate static var withTheProgramme: [Behaviour] {
    [
      Behaviour("what the programme does not have is named nowhere") { subject in
        let core = subject.core
        let plan = try await core.createProject(title: "Falls on ward 7")
        let note = try await subject.reflect("A night.")
        let before = try await core.project(plan).project
        let never = "\"never\" is no"
        let theme = ProgrammeTag.theme("never")
        await subject.refuses("\(never) domain of the programme; they are: ") {
          _ = try await core.createProject(title: "Falls", topic: "never")
        }
        await subject.refuses("\(never) domain") {
          _ = try await core.editProject(plan, base: nil, edits: [.topic(topic: "never")])
        }
        await subject.refuses("\(never) theme") {
          _ = try await core.editProject(plan, base: nil, edits: [.addTag(tag: theme)])
        }
        await subject.refuses("\(never) theme") {
          _ = try await core.editReflection(note, base: nil, edits: [.addTag(tag: theme)])
        }
        await subject.refuses("\(never) theme") {
          try await subject.add(PdpGoal(text: "Lead", capabilities: [theme]).adding)
        }
        await subject.refuses("template never", code: "not_found") {
          _ = try await core.createReflection(template: "never", title: "A night")
        }
        await subject.refuses("asks nothing called \"never\"; its prompts are: what", .key) {
          let answer = ReflectionEdit.answer(prompt: "never", text: "Words.")
          _ = try await core.editReflection(note, base: nil, edits: [answer])
        }
        await subject.refuses("of which activity \"never\" is a part") {
          try await subject.add(round(part: "never").adding)
        }
        await subject.refuses("activity never", code: "not_found") {
          try await core.editRecord([.start(activity: "never", at: past)])
        }
        #expect(try await core.project(plan).project == before)
        #expect(try await core.reflection(note).reflection.tags.isEmpty)
        #expect(try await core.personalRecord() == PersonalRecord())
      },
      Behaviour("a completion shows what is asked for, whichever call it goes in by") { subject in
        let core = subject.core
        var activities: [LearningActivity] = []
        let modules = try await core.modules().map(\.key)
        for key in modules { activities += try await core.module(key).activities.map(\.activity) }
        let asking = try #require(activities.first { $0.evidence == .reflection }).key
        let session = EvidenceSource.item(try await subject.add(round().adding))
        let asked = "\(asking) asks for a reflection: name it, or say why there is none"
        let noted = { (reason: String, evidence: EvidenceSource?, version: Int?) in
          ActivityCompletion(
            activity: asking, at: past, packVersion: version, evidence: evidence, reason: reason)
        }
        await subject.refuses(asked, .evidence) { try await subject.add(noted(" ", nil, 1).adding) }
        await subject.refuses(asked, .evidence) {
          try await subject.add(noted("", session, 1).adding)
        }
        let unknown = "no version 9999 of the programme's content is known: the newest here is"
        await subject.refuses(unknown) { try await subject.add(noted("Ill", nil, 9_999).adding) }
        let fact = try await subject.add(noted("I talked it through.", nil, 1).adding)
        await subject.refuses(asked, .evidence) {
          try await core.editRecord([.activityCompletion(id: fact, edit: .reason(""))])
        }
        let module = try #require(modules.first)
        await subject.refuses("\(module) asks for more than the record has", .evidence) {
          try await subject.add(ModuleCompletion(module: module, at: past).adding)
        }
        await subject.refuses("activity never", code: "not_found") {
          try await subject.add(
            ModuleCompletion(module: module, at: past, reason: "Ill", activities: "never").adding)
        }
        let record = try await core.personalRecord()
        #expect(record.activitiesCompleted.map(\.completion.reason) == ["I talked it through."])
        #expect(record.modulesCompleted.isEmpty)
      },
    ]
  }
}

extension Stories {
  @Suite struct ProgrammeRefusalStories {
    @Test func theRealCoreAndTheFakeRefuseAlike() async throws {
      let world = try await World()
      try await world.server.publishProgramme()
      for behaviour in Behaviour.withTheProgramme {
        let ana = try await world.trainee()
        try await ana.core.sync()
        _ = try await ana.core.updatePack("enhance")
        let programme = try await ana.core.programme()
        let missing = DocumentId(rawValue: "document-0")
        for core in [ana.core, FakeLearningCore(programme: programme)] as [any LearningCoreProtocol]
        {
          try await behaviour.check(
            Subject(
              core: core, other: core, colleague: ana.person, missing: missing,
              atOnce: { _, _, _ in }, leave: {}))
        }
      }
    }
  }
}
