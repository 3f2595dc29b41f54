"""The name of the file that makes a folder an issue: known without the model of what stands in it."""

ISSUE_FILE = "issue.toml"
