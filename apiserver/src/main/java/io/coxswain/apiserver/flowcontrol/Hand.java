package io.coxswain.apiserver.flowcontrol;

/// Shuffle sharding: of many queues, each flow is dealt a few. Two flows rarely have the same hand,
/// so that a flow which fills its queues leaves others one to wait in.
final class Hand {

    private Hand() {}

    /// `size` different cards of a deck, the same for the same hash.
    static int[] deal(long hash, int deck, int size) {
        var count = Math.min(size, deck);
        var hand = new int[count];
        var rest = hash;
        for (var i = 0; i < count; i++) {
            var card = (int) (rest % (deck - i));
            rest /= deck - i;
            var place = i;
            // Cards that are gone do not count: step over each one that is not above.
            for (var j = 0; j < place; j++) {
                if (hand[j] <= card) {
                    card++;
                }
            }
            // Kept sorted, so that stepping over works.
            while (place > 0 && hand[place - 1] > card) {
                hand[place] = hand[place - 1];
                place--;
            }
            hand[place] = card;
        }
        return hand;
    }
}
