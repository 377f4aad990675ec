package io.coxswain.kubelet.node;

import io.coxswain.base.host.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Says which node has a host: its bridge, its addresses and its packet filter are for one. A node
/// that was killed still has it, as its pods run on.
///
/// @param bridge nodes that share a host have different ones
/// @param data the node's data directory
public record NodeClaim(RunDirectory notes, String bridge, Path data) {

    /// Does nothing for the node that has it already. Throws [HostException] when another one does.
    public void take() {
        if (foreign()) {
            throw new HostException(
                    "another cluster has a node on this host, with its data in "
                            + holder()
                            + ". Stop it with ./cox down --data-dir="
                            + holder()
                            + ", or use --node=none.");
        }
        try {
            notes.write(note(), data + "\n");
        } catch (IOException e) {
            throw new HostException("cannot write " + notes.file(note()), e);
        }
    }

    /// Whether another node has it.
    public boolean foreign() {
        var holder = holder();
        return !holder.isEmpty()
                && !holder.equals(data.toString())
                && Files.exists(Path.of(holder));
    }

    /// Gives it up; does nothing when another node has it.
    public void release() {
        if (foreign()) {
            return;
        }
        try {
            notes.remove(note());
        } catch (IOException e) {
            throw new HostException("cannot remove " + notes.file(note()), e);
        }
    }

    private String holder() {
        return notes.read(note()).strip();
    }

    private String note() {
        return "node-" + bridge;
    }
}
