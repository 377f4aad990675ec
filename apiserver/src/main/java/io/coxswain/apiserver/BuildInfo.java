package io.coxswain.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/// What this server was built from, and for which Kubernetes it stands.
///
/// @param gitTreeState `clean`, `dirty`, or empty where the build did not know
public record BuildInfo(
        String gitVersion,
        String gitCommit,
        String gitTreeState,
        String buildDate,
        String goVersion,
        String compiler,
        String platform) {

    public static final String MAJOR = "1";
    public static final String MINOR = "36";

    /// The version of Kubernetes whose behaviour this server has.
    public static final String KUBERNETES_VERSION = "v1.36.0";

    public static final BuildInfo CURRENT = read();

    private static BuildInfo read() {
        var build = new Properties();
        try (var in = BuildInfo.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var version = build.getProperty("version", "").replace("-SNAPSHOT", "");
        return new BuildInfo(
                KUBERNETES_VERSION + "+coxswain" + (version.isEmpty() ? "" : "." + version),
                build.getProperty("commit", ""),
                build.getProperty("tree", ""),
                build.getProperty("date", ""),
                "java" + Runtime.version().feature(),
                "javac",
                machine());
    }

    /// In Go's words, which clients know.
    private static String machine() {
        var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).split(" ")[0];
        var processor = System.getProperty("os.arch", "");
        return system + "/" + (processor.equals("aarch64") ? "arm64" : processor);
    }
}
