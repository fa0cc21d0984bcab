"""Pictures of text: engines that read them, and the order of what they read."""
