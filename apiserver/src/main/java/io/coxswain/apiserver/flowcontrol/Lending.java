package io.coxswain.apiserver.flowcontrol;

import java.util.Collection;
import java.util.List;

/// The seats that levels leave to each other. A level always gets its own back: it may fill them
/// at any time, and borrowers are not let in again until theirs are returned.
final class Lending {

    private volatile Collection<Level> levels = List.of();

    void among(Collection<Level> all) {
        levels = List.copyOf(all);
    }

    /// How many seats `borrower` can take from others now.
    int available(Level borrower) {
        var free = 0;
        var taken = 0;
        for (var level : levels) {
            var settings = level.settings();
            if (settings.seats() == 0) {
                continue;
            }
            var idle = settings.seats() - level.executing();
            if (idle < 0) {
                taken -= idle;
            } else if (level != borrower) {
                free += Math.min(idle, settings.lendable());
            }
        }
        return free - taken;
    }
}
