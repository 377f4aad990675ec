package io.coxswain.bench.linear;

import java.io.IOException;
import java.util.Random;

/// What happens to servers that share an etcd cluster, and to its members.
enum ClusterFault implements Fault<Cluster> {
    NONE {
        @Override
        public void strike(Cluster cluster, Random random) {}
    },
    LEADER_KILLED {
        @Override
        public void strike(Cluster cluster, Random random) throws IOException {
            Fault.pause(200 + random.nextInt(500));
            var leader = cluster.etcd().leader();
            cluster.etcd().kill(leader);
            Fault.pause(200 + random.nextInt(1_200));
            cluster.etcd().begin(leader);
        }
    },
    /// Stands still until the others have another leader, mostly.
    LEADER_PAUSED {
        @Override
        public void strike(Cluster cluster, Random random) throws IOException {
            for (var left = 2; left > 0; left--) {
                Fault.pause(100 + random.nextInt(400));
                var leader = cluster.etcd().leader();
                cluster.etcd().pause(leader, true);
                Fault.pause(200 + random.nextInt(1_500));
                cluster.etcd().pause(leader, false);
            }
        }
    },
    /// Servers reach every member, but the leader reaches no other member.
    LEADER_ALONE {
        @Override
        public void strike(Cluster cluster, Random random) throws IOException {
            for (var left = 2; left > 0; left--) {
                Fault.pause(100 + random.nextInt(400));
                cluster.isolate(cluster.etcd().leader());
                Fault.pause(500 + random.nextInt(1_500));
                cluster.heal();
            }
        }
    },
    /// One server no longer reaches the member it uses; then, for a while, none at all.
    SERVER_CUT_OFF {
        @Override
        public void strike(Cluster cluster, Random random) {
            var server = random.nextInt(Cluster.SERVERS);
            Fault.pause(100 + random.nextInt(400));
            cluster.cut(server, random.nextInt(Cluster.MEMBERS));
            Fault.pause(200 + random.nextInt(800));
            for (var member = 0; member < Cluster.MEMBERS; member++) {
                cluster.cut(server, member);
            }
            Fault.pause(200 + random.nextInt(1_000));
            cluster.heal();
        }
    },
    SERVER_PAUSED {
        @Override
        public void strike(Cluster cluster, Random random) throws IOException {
            for (var left = 3; left > 0; left--) {
                var server = cluster.server(random.nextInt(Cluster.SERVERS));
                Fault.pause(50 + random.nextInt(300));
                server.pause();
                Fault.pause(50 + random.nextInt(1_200));
                server.resume();
            }
        }
    },
    SERVER_KILLED {
        @Override
        public void strike(Cluster cluster, Random random) throws IOException {
            Fault.pause(100 + random.nextInt(600));
            cluster.server(random.nextInt(Cluster.SERVERS)).restart();
        }
    },
    /// The leader is alone and the server that uses it stands still meanwhile.
    SEVERAL {
        @Override
        public void strike(Cluster cluster, Random random) throws IOException {
            Fault.pause(100 + random.nextInt(400));
            var server = cluster.server(random.nextInt(Cluster.SERVERS));
            cluster.isolate(cluster.etcd().leader());
            server.pause();
            Fault.pause(300 + random.nextInt(1_200));
            cluster.heal();
            Fault.pause(random.nextInt(300));
            server.resume();
        }
    };
}
