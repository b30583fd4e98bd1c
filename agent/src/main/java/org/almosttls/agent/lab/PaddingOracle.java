package org.almosttls.agent.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.almosttls.registry.ContentType;

/**
 * Vaudenay's attack of 2002. Without nonces a connection can be said again as often as one likes, so Mallory opens it
 * again and again with Bob's own words, each time with a record of his making behind them: a block that he chooses, then
 * a block of Bob's. Its padding is right for one choice in 256. If Alice answers that one otherwise than all others, he
 * knows what is under Bob's block, octet after octet from its end.
 */
final class PaddingOracle implements Attack {

    private static final int BLOCK = 16;
    /** So that a record is as long as one with an HMAC in it. */
    private static final int FILLING = 4 * BLOCK;

    private static final int GUESSES = 256;
    /** What people write, the most frequent first: he need not ask about the rest as often. */
    private static final String LIKELY = " etaonirsludycmpghbfvkwxqjz0123456789PACDE";

    @Override
    public Observation on(Stage stage) throws GeneralSecurityException, IOException, InterruptedException {
        var alice = stage.alice();
        var middle = stage.middle(alice.port(), Tampering.NONE);
        stage.bobOrders(middle.port());
        var honest = List.copyOf(alice.heard(1));
        var bobs = middle.log().stream()
                .map(Passing::seen)
                .filter(WireRecord::fromBob)
                .toList();
        return stage.seen(honest, new Questions(new Caller(alice.port()), bobs).ask());
    }

    /** All that is asked about the first block of Bob's first order. */
    private static final class Questions {

        private final Caller caller;
        private final List<WireRecord> opening;
        private final WireRecord order;
        private final byte[] target;
        /** What the block cipher makes of the target, as far as it is known. */
        private final byte[] decrypted = new byte[BLOCK];

        private int asked;

        Questions(Caller caller, List<WireRecord> bobs) throws IOException {
            this.caller = caller;
            this.opening =
                    bobs.stream().filter(each -> each.is(ContentType.HANDSHAKE)).toList();
            this.order = bobs.stream()
                    .filter(each -> each.is(ContentType.APPLICATION_DATA))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no order of Bob's to decrypt"));
            this.target = Arrays.copyOfRange(order.fragment(), BLOCK, 2 * BLOCK);
        }

        Mallory ask() throws IOException {
            var byReaction = new TreeMap<String, List<Integer>>();
            for (int guess = 0; guess < GUESSES; guess++)
                byReaction
                        .computeIfAbsent(reaction(choice(BLOCK - 1, guess)), each -> new ArrayList<>())
                        .add(guess);
            if (byReaction.size() == 1) return nothingLearned(byReaction.firstKey());
            var rarest = byReaction.entrySet().stream()
                    .min(Comparator.comparing(each -> each.getValue().size()))
                    .orElseThrow();
            return learned(rarest.getKey(), confirmed(rarest.getKey(), rarest.getValue()));
        }

        private Mallory nothingLearned(String reaction) {
            return new Mallory(
                    List.of(),
                    true,
                    "asked Alice " + asked + " times and was answered the same each time: " + reaction);
        }

        /** By chance the padding may also have been right for being longer: then another octet before it matters. */
        private int confirmed(String right, List<Integer> guesses) throws IOException {
            for (int guess : guesses) {
                byte[] choice = choice(BLOCK - 1, guess);
                choice[BLOCK - 2] ^= (byte) 0xFF;
                if (reaction(choice).equals(right)) return guess;
            }
            return guesses.get(0);
        }

        private Mallory learned(String right, int last) throws IOException {
            decrypted[BLOCK - 1] = (byte) last;
            int first = BLOCK - 1;
            for (var guess = rightGuess(right, first - 1); guess.isPresent(); guess = rightGuess(right, first - 1)) {
                first--;
                decrypted[first] = (byte) (guess.get() ^ (BLOCK - 1 - first));
            }
            return judged(plaintext(first));
        }

        private Optional<Integer> rightGuess(String right, int position) throws IOException {
            if (position < 0) return Optional.empty();
            for (int guess : guesses(position))
                if (reaction(choice(position, guess)).equals(right)) return Optional.of(guess);
            return Optional.empty();
        }

        /** All 256, those first under which the plaintext would be likely. */
        private int[] guesses(int position) {
            int difference = (BLOCK - 1 - position) ^ order.fragment()[position] & 0xFF;
            return IntStream.concat(LIKELY.chars(), IntStream.range(0, GUESSES))
                    .distinct()
                    .map(plain -> plain ^ difference)
                    .toArray();
        }

        /** For padding that begins at {@code position} and is right there if the guess is. */
        private byte[] choice(int position, int guess) {
            byte padding = (byte) (BLOCK - 1 - position);
            byte[] choice = new byte[BLOCK];
            for (int i = position + 1; i < BLOCK; i++) choice[i] = (byte) (decrypted[i] ^ padding);
            choice[position] = (byte) guess;
            return choice;
        }

        /** What Alice says after her certificate, as everybody can see it: types and lengths of records. */
        private String reaction(byte[] choice) throws IOException {
            asked++;
            byte[] fragment = new byte[FILLING + 2 * BLOCK];
            System.arraycopy(choice, 0, fragment, FILLING, BLOCK);
            System.arraycopy(target, 0, fragment, FILLING + BLOCK, BLOCK);
            var said = new ArrayList<>(opening);
            said.add(order.withFragment(fragment));
            return Reaction.of(caller.say(said));
        }

        /** CBC: what the cipher makes of a block, and the block before it, which is the IV here, make the plaintext. */
        private String plaintext(int first) {
            byte[] iv = order.fragment();
            byte[] plaintext = new byte[BLOCK];
            for (int i = first; i < BLOCK; i++) plaintext[i] = (byte) (decrypted[i] ^ iv[i]);
            return new String(plaintext, first, BLOCK - first, StandardCharsets.ISO_8859_1);
        }

        /** The lab knows what Bob has ordered; what Mallory takes for it and is not does not count as learned. */
        private Mallory judged(String claimed) {
            String truth = Client.ORDERS.get(0).substring(BLOCK - claimed.length(), BLOCK);
            String times = "asked Alice " + asked + " times";
            return claimed.equals(truth)
                    ? new Mallory(List.of(claimed), true, times + " and knows \"" + claimed + "\" of Bob's first order")
                    : new Mallory(List.of(), true, times + " and was misled");
        }
    }
}
