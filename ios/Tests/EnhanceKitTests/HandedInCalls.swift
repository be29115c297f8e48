import EnhanceKit
import Foundation

/// A call of one function with values that a host may hand in.
struct Call: Sendable {
  let name: String
  let make: @Sendable (any LearningCoreProtocol, HandedIn) async throws -> Void

  init(
    _ name: String,
    _ make: @escaping @Sendable (any LearningCoreProtocol, HandedIn) async throws -> Void
  ) {
    (self.name, self.make) = (name, make)
  }

  static var all: [Call] { account + documents + year + conversations }

  /// The account, joining, and what waits.
  static let account: [Call] = [
    Call("account") { core, _ in _ = try await core.account() },
    Call("people") { core, _ in _ = try await core.people() },
    Call("addPerson") { core, it in _ = try await core.addPerson(it.person) },
    Call("recoveryKey") { core, _ in _ = try await core.recoveryKey() },
    Call("useRecoveryKey") { core, it in try await core.useRecoveryKey(it.text) },
    Call("enrol") { core, it in
      _ = try await core.enrol(server: it.text, invitation: it.text, deviceName: it.text)
    },
    Call("setServer") { core, it in _ = try await core.setServer(it.text) },
    Call("inviteDevice") { core, _ in _ = try await core.inviteDevice() },
    Call("devices") { core, _ in _ = try await core.devices() },
    Call("renameDevice") { core, it in _ = try await core.renameDevice(it.device, to: it.text) },
    Call("signOutDevice") { core, it in _ = try await core.signOutDevice(it.device) },
    Call("unsent") { core, _ in _ = try await core.unsent() },
    Call("invitations") { core, _ in _ = try await core.invitations() },
    Call("acceptInvitation") { core, it in try await core.acceptInvitation(it.document) },
    Call("declineInvitation") { core, it in
      try await core.declineInvitation(it.document, forGood: true)
    },
    Call("welcomeSender") { core, it in try await core.welcomeSender(it.document) },
    Call("putAway") { core, it in try await core.putAway(it.document) },
    Call("copies") { core, it in _ = try await core.copies(it.document) },
    Call("sameCopy") { core, it in _ = try await core.sameCopy(it.document, with: it.person) },
    Call("takeBackCopies") { core, it in _ = try await core.takeBackCopies(it.document) },
    Call("deletionPreview") { core, it in _ = try await core.deletionPreview(it.document) },
    Call("inbox") { core, it in _ = try await core.inbox(after: it.inboxPlace, limit: it.number) },
    Call("inboxCounts") { core, _ in _ = try await core.inboxCounts() },
    Call("markInboxSeen") { core, it in try await core.markInboxSeen(it.item) },
    Call("cohort") { core, _ in _ = try await core.cohort() },
    Call("cohortCsv") { core, _ in _ = try await core.cohortCsv() },
    Call("nudge") { core, it in
      _ = try await core.nudge(it.document, anchor: it.text, why: it.text)
    },
    Call("checkBeforeNudge") { core, it in
      _ = try await core.checkBeforeNudge(it.document, why: it.text)
    },
    Call("nudgeAcknowledged") { core, it in
      _ = try await core.nudgeAcknowledged(
        it.document, anchor: it.text, why: it.text, acknowledged: it.hash)
    },
    Call("makeTicket") { core, it in
      let wanted = NewTicket(
        document: it.document, purpose: it.text, right: .read, days: it.number, uses: it.number)
      _ = try await core.makeTicket(wanted, acknowledged: it.hash)
    },
    Call("checkBeforeTicket") { core, it in
      _ = try await core.checkBeforeTicket(it.document, purpose: it.text)
    },
    Call("tickets") { core, _ in _ = try await core.tickets() },
    Call("ticketsOf") { core, it in _ = try await core.ticketsOf(it.document) },
    Call("refreshTickets") { core, _ in _ = try await core.refreshTickets() },
    Call("endTicket") { core, it in _ = try await core.endTicket(it.item) },
    Call("enter") { core, it in try await core.enter(it.document, place: it.text) },
    Call("company") { core, it in _ = try await core.company(it.document) },
    Call("stepOut") { core, _ in try await core.stepOut() },
    Call("supervisors") { core, _ in _ = try await core.supervisors() },
  ]

  /// Reflections, plans, the programme, the network.
  static let documents: [Call] = [
    Call("createReflection") { core, it in
      _ = try await core.createReflection(template: it.text, title: it.text, promptedBy: it.text)
    },
    Call("reflections") { core, it in
      _ = try await core.reflections(after: it.listPlace, limit: it.number)
    },
    Call("reflection") { core, it in _ = try await core.reflection(it.document) },
    Call("editReflection") { core, it in
      _ = try await core.editReflection(it.document, base: it.version, edits: it.reflectionEdits)
    },
    Call("shareReflection") { core, it in
      _ = try await core.shareReflection(it.document, with: it.person)
    },
    Call("checkBeforeSharing") { core, it in _ = try await core.checkBeforeSharing(it.document) },
    Call("shareReflectionAcknowledged") { core, it in
      _ = try await core.shareReflectionAcknowledged(
        it.document, with: it.person, acknowledged: it.hash)
    },
    Call("checkBeforeSharingWithFiles") { core, it in
      _ = try await core.checkBeforeSharingWithFiles(it.document, files: [it.item])
    },
    Call("shareReflectionWithFiles") { core, it in
      _ = try await core.shareReflectionWithFiles(
        it.document, with: it.person, files: [it.item], acknowledged: it.hash)
    },
    Call("sharedWithMe") { core, _ in _ = try await core.sharedWithMe() },
    Call("sharedByMe") { core, _ in _ = try await core.sharedByMe() },
    Call("sharedReflection") { core, it in _ = try await core.sharedReflection(it.document) },
    Call("createProject") { core, it in
      _ = try await core.createProject(title: it.text, topic: it.text, setting: it.text)
    },
    Call("createProjectFrom") { core, it in
      _ = try await core.createProjectFrom(it.recipe, title: it.text, setting: it.text)
    },
    Call("recipes") { core, _ in _ = try await core.recipes() },
    Call("recipe") { core, it in _ = try await core.recipe(it.document) },
    Call("chart") { core, it in
      _ = try await core.chart(it.document, measure: it.item, width: it.number)
    },
    Call("projectPage") { core, it in _ = try await core.projectPage(it.document) },
    Call("projectPageAcknowledged") { core, it in
      _ = try await core.projectPageAcknowledged(it.document, acknowledged: it.hash)
    },
    Call("verifyPage") { core, it in _ = try await core.verifyPage(it.text) },
    Call("planChecks") { core, it in _ = try await core.planChecks(it.document) },
    Call("findingsOf") { core, it in _ = try await core.findings(of: it.document) },
    Call("projects") { core, it in
      _ = try await core.projects(after: it.listPlace, limit: it.number)
    },
    Call("project") { core, it in _ = try await core.project(it.document) },
    Call("editProject") { core, it in
      _ = try await core.editProject(it.document, base: it.version, edits: it.projectEdits)
    },
    Call("tick") { core, it in
      _ = try await core.tick(
        it.document, tally: it.item, numerator: it.number, denominator: it.number)
    },
    Call("newItemId") { core, _ in _ = try await core.newItemId() },
    Call("comment") { core, it in
      _ = try await core.comment(it.document, body: it.text, anchor: it.text)
    },
    Call("editComments") { core, it in
      try await core.editComments(it.document, edits: it.commentEdits)
    },
    Call("addMember") { core, it in
      try await core.addMember(it.document, person: it.person, right: .edit)
    },
    Call("addMemberAcknowledged") { core, it in
      try await core.addMemberAcknowledged(
        it.document, person: it.person, right: .edit, acknowledged: it.hash)
    },
    Call("removeMember") { core, it in
      try await core.removeMember(it.document, person: it.person)
    },
    Call("offerOwnership") { core, it in
      try await core.offerOwnership(it.document, to: it.person)
    },
    Call("offerOwnershipKeeping") { core, it in
      try await core.offerOwnershipKeeping(it.document, to: it.person, keeps: .edit)
    },
    Call("withdrawOffer") { core, it in try await core.withdrawOffer(it.document) },
    Call("declineOwnership") { core, it in try await core.declineOwnership(it.document) },
    Call("acceptOwnership") { core, it in try await core.acceptOwnership(it.document) },
    Call("history") { core, it in _ = try await core.history(it.document) },
    Call("sittings") { core, it in
      _ = try await core.sittings(it.document, before: it.version, limit: it.number)
    },
    Call("projectAt") { core, it in
      _ = try await core.projectAt(it.document, version: it.version)
    },
    Call("textAuthors") { core, it in
      _ = try await core.textAuthors(it.document, field: it.textField)
    },
    Call("fieldAuthors") { core, it in _ = try await core.fieldAuthors(it.document) },
    Call("autosave") { core, it in
      try await core.autosave(
        it.document, field: it.draftField, base: it.version, text: it.text)
    },
    Call("settle") { core, it in _ = try await core.settle(it.document) },
    Call("unsettled") { core, _ in _ = try await core.unsettled() },
    Call("status") { core, it in _ = try await core.status(it.document) },
    Call("heldBy") { core, it in _ = try await core.heldBy(it.document) },
    Call("readers") { core, it in _ = try await core.readers(it.document) },
    Call("markSeen") { core, it in try await core.markSeen(it.document) },
    Call("search") { core, it in
      _ = try await core.search(it.text, offset: it.number, limit: it.number, order: .best)
    },
    Call("quarantined") { core, _ in _ = try await core.quarantined() },
    Call("quarantinedItem") { core, it in _ = try await core.quarantinedItem(it.quarantined) },
    Call("replay") { core, it in _ = try await core.replay(it.quarantined) },
    Call("dismiss") { core, it in try await core.dismiss(it.quarantined) },
    Call("programme") { core, _ in _ = try await core.programme() },
    Call("modules") { core, _ in _ = try await core.modules() },
    Call("module") { core, it in _ = try await core.module(it.text) },
    Call("page") { core, it in _ = try await core.page(it.text) },
    Call("templates") { core, _ in _ = try await core.templates() },
    Call("startActivity") { core, it in try await core.startActivity(it.text) },
    Call("completeActivity") { core, it in try await core.completeActivity(it.text) },
    Call("addSession") { core, it in _ = try await core.addSession(it.session) },
    Call("removeSession") { core, it in try await core.removeSession(it.item) },
    Call("learningLog") { core, _ in _ = try await core.learningLog() },
    Call("packs") { core, _ in _ = try await core.packs() },
    Call("updatePack") { core, it in _ = try await core.updatePack(it.text, onProgress: { _ in }) },
    Call("media") { core, it in _ = try await core.media(it.text) },
    Call("mediaBytes") { core, it in _ = try await core.mediaBytes(it.text) },
    Call("fetchMedia") { core, it in _ = try await core.fetchMedia(it.text, onProgress: { _ in }) },
    Call("sync") { core, it in _ = try await core.sync(budget: it.budget, onProgress: { _ in }) },
    Call("setConditions") { core, it in try await core.setConditions(it.conditions) },
    Call("syncState") { core, _ in _ = try await core.syncState() },
    Call("chartsByGroup") { core, it in
      _ = try await core.chartsByGroup(it.document, measure: it.item, width: it.number)
    },
    Call("phaseSuggestion") { core, it in
      _ = try await core.phaseSuggestion(it.document, measure: it.item)
    },
    Call("otherNamesOnPage") { core, it in _ = try await core.otherNamesOnPage(it.text) },
  ]

  /// What belongs to a year.
  static let year: [Call] = [
    Call("personalRecord") { core, _ in _ = try await core.personalRecord() },
    Call("editRecord") { core, it in try await core.editRecord(it.recordEdits) },
    Call("checkJourneys") { core, it in _ = try await core.checkJourneys(only: it.item) },
    Call("evidence") { core, _ in _ = try await core.evidence() },
    Call("warningsAbout") { core, it in _ = try await core.warningsAbout(it.item) },
    Call("completeActivityWith") { core, it in
      try await core.completeActivityWith(it.text, evidence: it.source, reason: it.text)
    },
    Call("answerDebrief") { core, it in
      _ = try await core.answerDebrief(it.text, answer: it.debrief)
    },
    Call("logOf") { core, it in _ = try await core.logOf(it.days) },
    Call("trainingYear") { core, it in _ = try await core.trainingYear(it.day) },
    Call("coverage") { core, _ in _ = try await core.coverage() },
    Call("programmeMap") { core, _ in _ = try await core.programmeMap() },
    Call("deadlines") { core, _ in _ = try await core.deadlines() },
    Call("deadlineWarnings") { core, _ in _ = try await core.deadlineWarnings() },
    Call("certificates") { core, _ in _ = try await core.certificates() },
    Call("checkAttachment") { core, it in
      _ = try await core.checkAttachment(it.data, name: it.text)
    },
    Call("attach") { core, it in _ = try await core.attach(it.data, name: it.text, to: it.source) },
    Call("sameAttachment") { core, it in
      _ = try await core.sameAttachment(it.data, of: it.source)
    },
    Call("attachments") { core, it in _ = try await core.attachments(it.source) },
    Call("openAttachment") { core, it in
      _ = try await core.openAttachment(it.source, id: it.item)
    },
    Call("fetchAttachment") { core, it in
      _ = try await core.fetchAttachment(it.source, id: it.item, onProgress: { _ in })
    },
    Call("removeAttachment") { core, it in
      try await core.removeAttachment(it.source, id: it.item)
    },
    Call("requestSignOff") { core, it in
      _ = try await core.requestSignOff(it.subject, with: it.person, message: it.text)
    },
    Call("checkBeforeSignOff") { core, it in
      _ = try await core.checkBeforeSignOff(it.subject, message: it.text)
    },
    Call("requestSignOffAcknowledged") { core, it in
      _ = try await core.requestSignOffAcknowledged(
        it.subject, with: it.person, message: it.text, acknowledged: it.hash)
    },
    Call("sign") { core, it in _ = try await core.sign(it.document, answer: it.answer) },
    Call("signWitnessed") { core, it in
      _ = try await core.signWitnessed(it.document, by: it.signer, answer: it.answer)
    },
    Call("signOffsAskedByMe") { core, _ in _ = try await core.signOffsAskedByMe() },
    Call("signOffsAskedOfMe") { core, _ in _ = try await core.signOffsAskedOfMe() },
    Call("signOffsPage") { core, it in
      _ = try await core.signOffsPage(mine: true, after: it.document, limit: it.number)
    },
    Call("signOffsOf") { core, it in _ = try await core.signOffsOf(it.document) },
    Call("signOffRequest") { core, it in _ = try await core.signOffRequest(it.document) },
    Call("changedSinceSignOff") { core, it in _ = try await core.changedSinceSignOff(it.document) },
    Call("takeBackSignOff") { core, it in
      _ = try await core.takeBackSignOff(it.document, withAnswers: false)
    },
    Call("keptSignOffs") { core, _ in _ = try await core.keptSignOffs() },
    Call("exportKeptSignOff") { core, it in _ = try await core.exportKeptSignOff(it.item) },
    Call("exportSignOff") { core, it in _ = try await core.exportSignOff(it.document) },
    Call("checkSignOff") { core, it in _ = try await core.checkSignOff(it.text) },
    Call("ownNudge") { core, it in _ = try await core.ownNudge(it.document) },
    Call("verifySignOff") { core, it in _ = try await core.verifySignOff(it.text) },
    Call("renewSigningKey") { core, _ in try await core.renewSigningKey() },
    Call("arcpHtml") { core, it in _ = try await core.arcpHtml(it.days) },
    Call("arcpCsv") { core, it in _ = try await core.arcpCsv(it.days) },
    Call("arcpJson") { core, it in _ = try await core.arcpJson(it.days) },
    Call("arcpForm") { core, it in _ = try await core.arcpForm(it.days) },
    Call("verifyArcp") { core, it in _ = try await core.verifyArcp(it.text) },
    Call("export") { core, _ in _ = try await core.export() },
    Call("exportCsv") { core, _ in _ = try await core.exportCsv() },
    Call("exportReflections") { core, _ in _ = try await core.exportReflections() },
    Call("importExport") { core, it in _ = try await core.importExport(it.text) },
    Call("exportSizes") { core, _ in _ = try await core.exportSizes() },
    Call("exportWithFiles") { core, it in
      _ = try await core.exportWithFiles(to: it.folder, fetch: true, onProgress: { _ in })
    },
    Call("checkImport") { core, it in
      _ = try await core.checkImport(it.text, beside: it.folder, onProgress: { _ in })
    },
    Call("importWithFiles") { core, it in
      _ = try await core.importWithFiles(it.text, beside: it.folder, onProgress: { _ in })
    },
  ]

  /// What people say to each other.
  static let conversations: [Call] = [
    Call("commentAt") { core, it in
      _ = try await core.commentAt(
        it.document, part: it.text, body: it.text, range: it.range, version: it.version)
    },
    Call("checkBeforeSaying") { core, it in
      _ = try await core.checkBeforeSaying(it.document, words: [it.text])
    },
    Call("acknowledge") { core, it in try await core.acknowledge(it.hash) },
    Call("answerComment") { core, it in
      _ = try await core.answerComment(it.document, to: it.comment, body: it.text)
    },
    Call("rewriteComment") { core, it in
      try await core.rewriteComment(it.document, id: it.item, body: it.text)
    },
    Call("deleteComment") { core, it in
      try await core.deleteComment(it.document, id: it.item)
    },
    Call("putBackComment") { core, it in
      try await core.putBackComment(it.document, id: it.item)
    },
    Call("resolveComment") { core, it in
      try await core.resolveComment(it.document, id: it.item)
    },
    Call("reopenComment") { core, it in
      try await core.reopenComment(it.document, id: it.item)
    },
    Call("threads") { core, it in _ = try await core.threads(it.document) },
    Call("commentVersions") { core, it in _ = try await core.commentVersions(it.comment) },
    Call("waitingAnswers") { core, it in _ = try await core.waitingAnswers(it.document) },
    Call("takenBackComments") { core, it in _ = try await core.takenBackComments(it.document) },
    Call("suggest") { core, it in
      _ = try await core.suggest(
        it.document, part: it.text, range: it.range, replacement: it.text, why: it.text,
        version: it.version)
    },
    Call("suggestions") { core, it in _ = try await core.suggestions(it.document) },
    Call("acceptSuggestion") { core, it in
      _ = try await core.acceptSuggestion(it.document, it.comment, anyway: true)
    },
    Call("rejectSuggestion") { core, it in
      _ = try await core.rejectSuggestion(it.document, it.comment)
    },
  ]

  /// After which a document may be gone.
  static let last: [Call] = [
    Call("deleteWithCopies") { core, it in _ = try await core.deleteWithCopies(it.document) },
    Call("leaveProject") { core, it in try await core.leaveProject(it.document) },
    Call("deleteForEverybody") { core, it in try await core.deleteForEverybody(it.document) },
    Call("delete") { core, it in try await core.delete(it.document) },
  ]
}
