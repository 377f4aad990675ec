package io.coxswain.cli.commands.pod;

import io.coxswain.cli.CliError;

/// A file here, or in a pod: `path`, `pod:path`, `namespace/pod:path`.
///
/// @param pod empty for a file here
record FileSpec(String namespace, String pod, String path) {

    private static CliError malformed() {
        return new CliError(
                "filespec must match the canonical format: [[namespace/]pod:]file/path");
    }

    static FileSpec parse(String text) {
        var colon = text.indexOf(':');
        if (colon < 0) {
            return new FileSpec("", "", text);
        }
        var words = text.substring(0, colon).split("/", -1);
        var path = text.substring(colon + 1);
        if (colon == 0 || words.length > 2) {
            throw malformed();
        }
        return words.length == 1
                ? new FileSpec("", words[0], path)
                : new FileSpec(words[0], words[1], path);
    }

    boolean remote() {
        return !pod.isEmpty();
    }

    /// The last name of the path.
    String lastName() {
        var clean = trimmed();
        return clean.substring(clean.lastIndexOf('/') + 1);
    }

    /// The path of the folder that it is in.
    String folder() {
        var clean = trimmed();
        var slash = clean.lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : clean.substring(0, slash);
    }

    FileSpec inside(String name) {
        return new FileSpec(namespace, pod, trimmed() + "/" + name);
    }

    private String trimmed() {
        var end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
