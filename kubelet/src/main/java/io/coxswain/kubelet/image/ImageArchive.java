package io.coxswain.kubelet.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// An image with one layer, as the archive that `ctr images import`, `docker load` and `skopeo`
/// read.
///
/// The chain of names: `index.json` names the manifest by its digest, the manifest names the config
/// and the layer by theirs, the config names the layer's content. The image's id is the config's
/// digest.
///
/// @param architecture as OCI writes it: `amd64`, `arm64`
/// @param user the numeric user and group to run as, or an empty string for root
public record ImageArchive(
        String name, String architecture, List<String> command, String user, byte[] layer) {

    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    public ImageArchive {
        command = List.copyOf(command);
        if (!name.matches("[a-z0-9./-]+:[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("not an image name with a tag: " + name);
        }
    }

    /// The image's id: `sha256:` and the digest of its config.
    public String id() {
        return digest(config());
    }

    public void write(Path file) {
        try {
            var draft = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(draft, bytes());
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        var config = config();
        var manifest = manifest(config);
        return new TarWriter()
                .file("oci-layout", 0644, utf8("{\"imageLayoutVersion\":\"1.0.0\"}"))
                .file("index.json", 0644, index(manifest))
                .file("manifest.json", 0644, dockerManifest(config))
                .folder("blobs", 0755)
                .folder("blobs/sha256", 0755)
                .file(blob(layer), 0644, layer)
                .file(blob(config), 0644, config)
                .file(blob(manifest), 0644, manifest)
                .bytes();
    }

    private byte[] config() {
        return utf8(
                """
                {"created":"1970-01-01T00:00:00Z","architecture":"%s","os":"linux",\
                "config":{"User":"%s","Env":["PATH=/usr/sbin:/usr/bin:/sbin:/bin"],\
                "Cmd":[%s],"WorkingDir":"/"},\
                "rootfs":{"type":"layers","diff_ids":["%s"]},\
                "history":[{"created":"1970-01-01T00:00:00Z","created_by":"coxswain"}]}\
                """
                        .formatted(
                                architecture,
                                user,
                                command.stream()
                                        .map(ImageArchive::quoted)
                                        .collect(Collectors.joining(",")),
                                digest(layer)));
    }

    private byte[] manifest(byte[] config) {
        return utf8(
                """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}\
                """
                        .formatted(MANIFEST, descriptor(CONFIG, config), descriptor(LAYER, layer)));
    }

    /// containerd reads the whole name from its own annotation, other tools read the tag.
    private byte[] index(byte[] manifest) {
        var tag = name.substring(name.lastIndexOf(':') + 1);
        return utf8(
                """
                {"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":%d,\
                "annotations":{"io.containerd.image.name":"%s",\
                "org.opencontainers.image.ref.name":"%s"},\
                "platform":{"architecture":"%s","os":"linux"}}]}\
                """
                        .formatted(
                                MANIFEST,
                                digest(manifest),
                                manifest.length,
                                name,
                                tag,
                                architecture));
    }

    private byte[] dockerManifest(byte[] config) {
        return utf8(
                """
                [{"Config":"%s","RepoTags":["%s"],"Layers":["%s"]}]\
                """
                        .formatted(blob(config), name, blob(layer)));
    }

    private static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(type, digest(content), content.length);
    }

    private static String blob(byte[] content) {
        return "blobs/" + digest(content).replace(':', '/');
    }

    static String digest(byte[] content) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(content);
            return "sha256:" + HexFormat.of().formatHex(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
