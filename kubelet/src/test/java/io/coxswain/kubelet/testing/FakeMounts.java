package io.coxswain.kubelet.testing;

import io.coxswain.kubelet.volumes.VolumeMounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Mounts for tests that are not root: a bind mount is a link, a tmpfs is a directory.
public class FakeMounts implements VolumeMounts {

    public final List<String> log = new ArrayList<>();

    @Override
    public void tmpfs(Path target, String options) {
        log.add("tmpfs " + target.getFileName() + " " + options);
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void bind(Path source, Path target) {
        log.add("bind " + source.getFileName());
        try {
            Files.delete(target);
            Files.createSymbolicLink(target, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void unmountUnder(Path directory) {
        log.add("unmount " + directory.getFileName());
    }
}
