package io.coxswain.kubelet.pod;

import java.time.Duration;
import java.util.regex.Pattern;

/// The name of an image as a registry understands it.
final class ImageName {

    private static final String ALNUM = "[a-z0-9]+";
    private static final String COMPONENT = ALNUM + "(?:(?:\\.|_|__|-+)" + ALNUM + ")*";
    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String HOST =
            "(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:"
                            + HOST
                            + "/)?"
                            + COMPONENT
                            + "(?:/"
                            + COMPONENT
                            + ")*"
                            + "(?<tag>:[\\w][\\w.-]{0,127})?"
                            + "(?<digest>@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*"
                            + ":[0-9a-fA-F]{32,})?");
    private static final Duration RETRY = Duration.ofSeconds(10);

    private ImageName() {}

    /// `text` with the tag `latest` when it has neither tag nor digest.
    static String withTag(String text) throws StartFailure {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new StartFailure(
                    "InvalidImageName",
                    "Failed to apply default image tag \""
                            + text
                            + "\": couldn't parse image name \""
                            + text
                            + "\": invalid reference format",
                    RETRY);
        }
        return match.group("tag") == null && match.group("digest") == null
                ? text + ":latest"
                : text;
    }
}
