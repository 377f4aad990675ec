package io.coxswain.network.proxy;

import io.coxswain.network.host.Programs;
import java.util.List;

/// The table `ip coxswain` of the kernel's packet filter. Nothing else is touched.
public interface Nftables {

    /// Carries out commands of `nft`: all, or none and throws.
    void apply(String commands);

    /// Whether the table is there; another program may have flushed everything.
    boolean present();

    /// Removes the table if it is there.
    void delete();

    /// The tables of this network namespace, by the program `nft`.
    Nftables HOST =
            new Nftables() {
                @Override
                public void apply(String commands) {
                    Programs.require(commands, List.of("nft", "-f", "-"));
                }

                @Override
                public boolean present() {
                    return Programs.run("nft", "list", "chain", "ip", "coxswain", "services").ok();
                }

                @Override
                public void delete() {
                    apply("add table ip coxswain\ndelete table ip coxswain\n");
                }
            };
}
