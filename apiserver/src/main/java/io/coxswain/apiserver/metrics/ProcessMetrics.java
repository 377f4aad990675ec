package io.coxswain.apiserver.metrics;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the process uses: time, memory, files, and what the virtual machine does.
final class ProcessMetrics {

    private static final double KIB = 1024;

    private ProcessMetrics() {}

    static void write(Exposition out) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        out.single(
                "process_start_time_seconds",
                "gauge",
                "When the process started, since 1970",
                runtime.getStartTime() / 1e3);
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean system) {
            out.single(
                    "process_cpu_seconds_total",
                    "counter",
                    "Time of processors used",
                    system.getProcessCpuTime() / 1e9);
            out.single(
                    "process_open_fds",
                    "gauge",
                    "Files that are open",
                    system.getOpenFileDescriptorCount());
            out.single(
                    "process_max_fds",
                    "gauge",
                    "Files that may be open",
                    system.getMaxFileDescriptorCount());
        }
        memory(out);
        machine(out);
    }

    private static void memory(Exposition out) {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    out.single(
                            "process_resident_memory_bytes",
                            "gauge",
                            "Memory in use",
                            kibibytes(line) * KIB);
                } else if (line.startsWith("VmSize:")) {
                    out.single(
                            "process_virtual_memory_bytes",
                            "gauge",
                            "Addresses in use",
                            kibibytes(line) * KIB);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Elsewhere than on Linux there is no such file: these two are left out.
            return;
        }
    }

    private static double kibibytes(String line) {
        return Double.parseDouble(line.replaceAll("[^0-9]", ""));
    }

    private static void machine(Exposition out) {
        var memory = ManagementFactory.getMemoryMXBean();
        out.family("jvm_memory_used_bytes", "gauge", "Memory of the virtual machine in use");
        out.sample("jvm_memory_used_bytes", "area=\"heap\"", memory.getHeapMemoryUsage().getUsed());
        out.sample(
                "jvm_memory_used_bytes",
                "area=\"nonheap\"",
                memory.getNonHeapMemoryUsage().getUsed());
        if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
            out.single(
                    "jvm_memory_allocated_bytes_total",
                    "counter",
                    "Memory that was taken for objects since the start",
                    threads.getTotalThreadAllocatedBytes());
        }
        out.single(
                "jvm_threads_current",
                "gauge",
                "Threads of the platform",
                ManagementFactory.getThreadMXBean().getThreadCount());
        out.family("jvm_gc_collection_seconds", "summary", "Time spent on garbage");
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            var labels = Exposition.label("gc", collector.getName());
            out.sample("jvm_gc_collection_seconds_count", labels, collector.getCollectionCount());
            out.sample(
                    "jvm_gc_collection_seconds_sum", labels, collector.getCollectionTime() / 1e3);
        }
    }
}
