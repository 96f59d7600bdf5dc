/// A folder that exists while a test uses it.
public enum Placeholder {}
