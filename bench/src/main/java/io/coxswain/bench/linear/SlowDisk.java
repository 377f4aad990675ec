package io.coxswain.bench.linear;

import io.coxswain.base.Clock;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.disk.ForwardingDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// A disk that every now and then takes its time to force what was written.
final class SlowDisk extends ForwardingDisk {

    SlowDisk(Disk disk) {
        super(disk);
    }

    @Override
    protected OpenFile through(String name, OpenFile file) {
        return new ForwardingFile(file) {
            @Override
            public void force() throws IOException {
                var luck = ThreadLocalRandom.current().nextInt(100);
                if (luck < 20) {
                    Clock.SYSTEM.pause(Duration.ofMillis(luck == 0 ? 900 : luck));
                }
                super.force();
            }
        };
    }
}
