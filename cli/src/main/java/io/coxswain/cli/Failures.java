package io.coxswain.cli;

import java.util.ArrayList;
import java.util.List;

/// The failures of a command that went on with its other objects; thrown at its end.
public final class Failures extends RuntimeException {

    private final List<RuntimeException> all;

    private Failures(List<RuntimeException> all) {
        super("several failures", null, false, false);
        this.all = all;
    }

    /// A failure that is told without the leading `error: `.
    public static Failures bare(String message) {
        return new Failures(List.of(new CliError(message)));
    }

    public List<RuntimeException> all() {
        return all;
    }

    /// Collects what goes wrong.
    public static final class Collector {
        private final List<RuntimeException> found = new ArrayList<>();

        /// Runs `step`; what it throws is kept for later.
        public void attempt(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException e) {
                found.add(e);
            }
        }

        public void add(RuntimeException failure) {
            found.add(failure);
        }

        public boolean isEmpty() {
            return found.isEmpty();
        }

        /// Throws the only failure, or all of them together; returns when there was none.
        public void finish() {
            if (found.size() == 1) {
                throw found.getFirst();
            }
            if (!found.isEmpty()) {
                throw new Failures(List.copyOf(found));
            }
        }
    }
}
