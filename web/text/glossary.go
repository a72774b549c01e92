package text

// Pages names the navigation of the site.
func (l Lang) Pages() string { return l.pick("Site", "사이트") }

// Glossary is the title of the glossary and the link to it.
func (l Lang) Glossary() string { return l.pick("Glossary", "용어집") }

// GlossaryLead says what the glossary is.
func (l Lang) GlossaryLead() string {
	return l.pick("The words of the course, in English and in Korean, and the lesson in which each is taught.",
		"이 과정에 나오는 용어를 한국어와 영어로 나란히 풀이하고, 각 용어를 다루는 수업을 알려 줍니다.")
}

// JumpTo names the list of letters.
func (l Lang) JumpTo() string { return l.pick("Jump to a letter", "글자로 바로 가기") }

// TaughtIn stands before the lesson in which a term is taught.
func (l Lang) TaughtIn() string { return l.pick("Taught in", "다루는 수업:") }
