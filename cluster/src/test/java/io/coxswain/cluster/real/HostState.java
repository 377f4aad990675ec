package io.coxswain.cluster.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a node leaves traces in, part by part: mounts, links, routes, network namespaces, packet
/// filter, kernel settings, cgroups.
record HostState(Map<String, SortedSet<String>> parts) {

    private static final Path SETTINGS = Path.of("/proc/sys/net");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    static HostState read() {
        var parts = new TreeMap<String, SortedSet<String>>();
        parts.put("mounts", set(lines(Path.of("/proc/self/mounts"))));
        parts.put("links", set(files(Path.of("/sys/class/net"), 1)));
        parts.put("network namespaces", set(files(Path.of("/run/netns"), 1)));
        parts.put("cgroups", set(files(CGROUPS, 8).filter(Files::isDirectory)));
        parts.put("routes", set(said("ip", "route", "show", "table", "all")));
        parts.put("packet filter", set(said("nft", "list", "ruleset")));
        parts.put(
                "settings",
                set(files(SETTINGS, 6).filter(HostState::steady).map(HostState::setting)));
        return new HostState(parts);
    }

    /// What is in one of both: `links: + cox0`.
    List<String> difference(HostState later) {
        var lines = new ArrayList<String>();
        parts.forEach((part, before) -> {
            var after = later.parts.getOrDefault(part, Collections.emptySortedSet());
            after.stream()
                    .filter(line -> !before.contains(line))
                    .forEach(line -> lines.add(part + ": + " + line));
            before.stream()
                    .filter(line -> !after.contains(line))
                    .forEach(line -> lines.add(part + ": - " + line));
        });
        return lines;
    }

    /// The command lines of all processes.
    static List<String> processes() {
        return files(Path.of("/proc"), 1)
                .filter(folder -> folder.getFileName().toString().matches("\\d+"))
                .map(folder -> String.join(" ", text(folder.resolve("cmdline")).split("\0")))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static Stream<String> said(String... command) {
        return Program.run(command).output().lines();
    }

    /// Some counts and timers lie among the settings.
    private static boolean steady(Path file) {
        var name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && Files.isReadable(file)
                && !name.matches(".*(count|flush|random|secret|fastopen_key|_probe|tcp_ao.*)");
    }

    private static String setting(Path file) {
        return SETTINGS.relativize(file) + " = " + text(file).strip();
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static Stream<String> lines(Path file) {
        return text(file).lines();
    }

    private static Stream<Path> files(Path folder, int depth) {
        try (var all = Files.walk(folder, depth)) {
            return all.filter(file -> !file.equals(folder)).toList().stream();
        } catch (java.nio.file.NoSuchFileException e) {
            return Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedSet<String> set(Stream<?> values) {
        var all = new TreeSet<String>();
        values.forEach(value -> all.add(value.toString()));
        return all;
    }
}
