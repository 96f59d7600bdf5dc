/// A walk through the knowledge graph that fulfills one pattern after the other, and takes back the
/// last choice when there is no way on.
struct QueryWalk {
    private let plan: QueryPlan
    private let knowledge: KnowledgeGraph
    /// The numbers of the variables to answer with.
    private let selected: [Int]
    private let limit: Int
    private var effort: Int
    /// What each variable stands for at the moment.
    private var known: [KnowledgeNode?]
    /// Answers that were given, where different walks can lead to the same one.
    private var given: Set<[KnowledgeNode]> = []
    private var answers: KnowledgeAnswers

    init(
        _ plan: QueryPlan, in knowledge: KnowledgeGraph, selecting selected: [Int], limit: Int,
        effort: Int
    ) {
        self.plan = plan
        self.knowledge = knowledge
        self.selected = selected
        self.limit = limit
        self.effort = effort
        known = Array(repeating: nil, count: plan.variableCount)
        answers = KnowledgeAnswers(variables: [])
    }

    /// Walks until all answers are found, or enough.
    mutating func run(answering variables: [String]) throws -> KnowledgeAnswers {
        answers = KnowledgeAnswers(variables: variables)
        try fulfill(0)
        return answers
    }

    private var isOver: Bool { answers.end != .complete }

    private mutating func pay(_ price: Int) {
        effort -= price
        if effort < 0, !isOver { answers.end = .effort }
    }

    /// Fulfills the patterns from one on, given what is known.
    private mutating func fulfill(_ index: Int) throws {
        guard index < plan.steps.count else { return answer() }
        let step = plan.steps[index]
        switch (node(step.subject), node(step.object)) {
        case (let subject?, let object?):
            pay(1)
            if try knowledge.holds(subject, step.relation, object) { try fulfill(index + 1) }
        case (let subject?, nil):
            let links = try knowledge.objects(of: subject, by: step.relation)
            pay(price(of: links, by: step.relation))
            try choose(links, for: step.object) { try $0.fulfill(index + 1) }
        case (nil, let object?):
            try forEachPage { [knowledge] in
                try knowledge.subjects(of: object, by: step.relation, from: $0)
            } body: { walk, page in
                walk.pay(walk.price(of: page.links, by: step.relation))
                try walk.choose(page.links, for: step.subject) { try $0.fulfill(index + 1) }
            }
        case (nil, nil):
            // With the subject chosen, the same pattern is easier.
            try forEachPage { [knowledge] in
                try knowledge.nodes(of: step.relation.subjectKind, from: $0)
            } body: { walk, page in
                try walk.choose(page.links, for: step.subject) { try $0.fulfill(index) }
            }
        }
    }

    private func node(_ term: QueryPlan.Term) -> KnowledgeNode? {
        switch term {
        case .node(let node): node
        case .variable(let number): known[number]
        }
    }

    /// Nearness looks at the songs of all the artists that it finds.
    private func price(of links: [KnowledgeLink], by relation: KnowledgeRelation) -> Int {
        1 + links.count * (relation == .near ? 32 : 1)
    }

    /// Lets a variable stand for one node after the other.
    private mutating func choose(
        _ links: [KnowledgeLink], for term: QueryPlan.Term, body: (inout QueryWalk) throws -> Void
    ) throws {
        guard case .variable(let number) = term else { return }
        for link in links where !isOver {
            known[number] = link.node
            try body(&self)
        }
        known[number] = nil
    }

    private mutating func forEachPage(
        _ page: (Int) throws -> KnowledgePage,
        body: (inout QueryWalk, KnowledgePage) throws -> Void
    ) throws {
        var next: Int? = 0
        while let start = next, !isOver {
            let page = try page(start)
            // A row that is passed over costs less than one that is followed.
            pay(page.scanned / 16)
            try body(&self, page)
            next = page.next
        }
    }

    private mutating func answer() {
        let row = selected.compactMap { known[$0] }
        let isAll = Set(selected).count == plan.variableCount
        guard isAll || !given.contains(row) else { return }
        guard answers.rows.count < limit else {
            answers.end = .limit
            return
        }
        if !isAll { given.insert(row) }
        answers.rows.append(row)
    }
}
