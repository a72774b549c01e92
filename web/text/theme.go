package text

// Themes names the choice of a theme.
func (l Lang) Themes() string { return l.pick("Theme", "테마") }

// Theme is the name of a theme.
func (l Lang) Theme(name string) string {
	switch name {
	case "light":
		return l.pick("Light", "밝게")
	case "dark":
		return l.pick("Dark", "어둡게")
	case "projector":
		return l.pick("Projector", "프로젝터")
	}
	return l.pick("As the system", "시스템 설정")
}
