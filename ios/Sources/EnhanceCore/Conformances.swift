// What the generator cannot say of the types it writes.

extension Right: Comparable {
  /// Each right includes those before it.
  public static func < (less: Right, more: Right) -> Bool { less.rank < more.rank }

  private var rank: Int {
    switch self {
    case .read: 0
    case .comment: 1
    case .edit: 2
    case .own: 3
    }
  }
}

extension Person: Identifiable {}
extension DocumentSummary: Identifiable {
  /// Its place in the list, where the next page goes on even if it is changed or deleted meanwhile.
  public var position: ListPosition { ListPosition(updatedAt: updatedAt, document: id) }
}
extension ReflectionView: Identifiable {}
extension SharedView: Identifiable {}
extension ProjectView: Identifiable {}
extension CommentView: Identifiable {}
extension TakenBackItem: Identifiable {}
extension DeadlineView: Identifiable {}
extension CertificateView: Identifiable {}
extension SignOffRequestView: Identifiable {}
extension SignOffView: Identifiable {}
extension AttachmentView: Identifiable {}
extension AttachedFile: Identifiable {}
extension InboxView: Identifiable {}
extension SupervisorView: Identifiable {}
extension CohortProject: Identifiable {}
extension CohortCopy: Identifiable {}
extension DebriefView: Identifiable {}
extension QuarantineSummary: Identifiable {}
extension OwnDevice: Identifiable {}
extension TicketView: Identifiable {}
extension TicketVisit: Identifiable {}
extension TicketAnswer: Identifiable {}
extension ExportedFile: Identifiable {}

extension InvitationView: Identifiable {
  public var id: DocumentId { project }
}

extension CopyView: Identifiable {
  public var id: DocumentId { document }
}

extension SharedCopy: Identifiable {
  public var id: DocumentId { document }
}

extension Member: Identifiable {
  public var id: PersonId { person.id }
}

extension Reader: Identifiable {
  /// One person may read a document and several copies of it.
  public var id: [String] { [person.id.rawValue, via.rawValue] }
}

extension ReadReceipt: Identifiable {
  public var id: PersonId { person.id }
}

extension HistoryView: Identifiable {
  public var id: Version { version }
}

extension DraftView: Identifiable {
  public var id: DraftField { field }
}

extension Disagreement: Identifiable {
  public var id: String { path }
}

extension SittingView: Identifiable {
  public var id: Version { version }
}

extension RecipeSummary: Identifiable {
  public var id: String { key }
}

extension PlanCheck: Identifiable {
  public var id: PlanCheckKind { check }
}

extension EditView: Identifiable {
  public var id: String { path }
}

extension DeadlineWarning: Identifiable {
  /// One deadline is warned of on several days.
  public var id: String { "\(deadline) \(on)" }
}

extension StatementCover: Identifiable {
  public var id: EvidenceStatement { statement }
}

extension DomainCover: Identifiable {
  public var id: String { key }
}

extension ModuleRow: Identifiable {
  public var id: String { key }
}

extension LogYear: Identifiable {
  public var id: CalendarDate { from }

  /// The days that are counted.
  public var days: DaysInARow { DaysInARow(from: from, to: to) }
}

extension ThreadView: Identifiable {
  public var id: CommentRef { place }
}

extension GroupChart: Identifiable {
  public var id: String { group }
}

extension RemarkView: Identifiable {
  public var id: CommentRef { place }
}

extension SuggestionView: Identifiable {
  public var id: CommentRef { place }
}

extension CohortTrainee: Identifiable {
  public var id: PersonId { person }
}

extension InboxCount: Identifiable {
  public var id: InboxKind { kind }
}

extension FrameworkCover: Identifiable {
  public var id: String { key }
}

extension CapabilityCover: Identifiable {
  public var id: EvidenceStatement { statement }
}

extension FormField: Identifiable {
  public var id: String { field }
}

extension Hit: Identifiable {
  public var id: HitTarget { target }
}

extension ModuleSummary: Identifiable {
  public var id: String { key }
}

extension ModuleView: Identifiable {
  public var id: String { summary.key }
}

extension ActivityView: Identifiable {
  public var id: String { activity.key }
}

extension PageView: Identifiable {
  public var id: String { key }
}

extension MediaView: Identifiable {
  public var id: String { key }
}

extension PackState: Identifiable {
  public var id: String { key }
}

extension Domain: Identifiable {
  public var id: String { key }
}

extension Theme: Identifiable {
  public var id: String { key }
}

extension ProgrammeModule: Identifiable {
  public var id: String { key }
}

extension ProgrammePage: Identifiable {
  public var id: String { key }
}

extension LearningActivity: Identifiable {
  public var id: String { key }
}

extension Outcome: Identifiable {
  public var id: String { key }
}

extension Resource: Identifiable {
  public var id: String { key }
}

extension PausePoint: Identifiable {
  public var id: String { key }
}

extension Template: Identifiable {
  public var id: String { key }
}

extension Prompt: Identifiable {
  public var id: String { key }
}
