package io.coxswain.kubelet.image;

import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.HostException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/// The images that the project builds itself: the sandbox's, and small ones for examples and tests.
public final class NodeImages {

    public static final String PAUSE = "localhost/coxswain/pause:1";
    public static final String BUSYBOX = "localhost/coxswain/busybox:1";

    private static final List<Path> BUSYBOX_PLACES =
            List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));

    /// Answers every request with the image's version and the pod's name. It obeys SIGTERM at once,
    /// which httpd as process 1 would not.
    private static final String WEB_START =
            """
            httpd -f -p "${PORT:-80}" -h /www &
            trap 'kill $!; exit 0' TERM INT
            wait
            """;

    private NodeImages() {}

    /// The image of every pod's sandbox, which holds the pod's namespaces.
    public static ImageArchive pause(String architecture) {
        var layer = new TarWriter().file("pause", 0755, PauseProgram.elf(architecture)).bytes();
        return new ImageArchive(PAUSE, architecture, List.of("/pause"), "65535:65535", layer);
    }

    /// A shell and some three hundred small tools, from the host's static busybox.
    public static ImageArchive busybox(HostCommands commands) {
        var layer = busyboxFiles(commands).bytes();
        return new ImageArchive(BUSYBOX, PauseProgram.hostArchitecture(), List.of("sh"), "", layer);
    }

    /// A web server on port 80 (or `$PORT`) that says which version it is and on which pod.
    public static ImageArchive web(HostCommands commands, int version) {
        var page =
                """
                #!/bin/sh
                echo "Content-Type: text/plain"
                echo
                echo "coxswain web version %d on $(hostname)"
                """
                        .formatted(version);
        var layer =
                busyboxFiles(commands)
                        .folder("www", 0755)
                        .folder("www/cgi-bin", 0755)
                        .file("www/cgi-bin/index.cgi", 0755, utf8(page))
                        .bytes();
        return new ImageArchive(
                "localhost/coxswain/web:" + version,
                PauseProgram.hostArchitecture(),
                List.of("sh", "-c", WEB_START),
                "",
                layer);
    }

    private static TarWriter busyboxFiles(HostCommands commands) {
        var program = busyboxProgram();
        var tar = new TarWriter();
        for (var name : List.of("bin", "dev", "etc", "home", "proc", "root", "sys", "usr", "var")) {
            tar.folder(name, 0755);
        }
        tar.folder("tmp", 01777)
                .link("sbin", "bin")
                .link("usr/bin", "../bin")
                .link("usr/sbin", "../bin")
                .file("etc/passwd", 0644, utf8("root:x:0:0:root:/root:/bin/sh\n"))
                .file("etc/group", 0644, utf8("root:x:0:\n"))
                .file("bin/busybox", 0755, read(program));
        var applets = commands.require(program.toString(), "--list").lines().toList();
        for (var applet : new TreeSet<>(applets)) {
            if (!applet.isBlank() && !applet.equals("busybox")) {
                tar.link("bin/" + applet.strip(), "busybox");
            }
        }
        return tar;
    }

    private static Path busyboxProgram() {
        return BUSYBOX_PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new HostException("no busybox here; install busybox-static"));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new HostException("cannot read " + file, e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
