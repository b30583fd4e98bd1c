package org.almosttls.agent.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for connections that the application has in plaintext.
 *
 * @param mode what happens to them
 * @param ports of servers, at either end; none for all
 * @param hosts of servers, as their clients call them; none for all
 * @param peers who may be at the other end; none for who has the host's name
 * @param keys what this end shows, if anything
 * @param trust whom this end trusts, empty for whom the platform does
 * @param textbook whether what is spoken is AlmostTLSv1
 */
public record UpgradeOptions(
        Mode mode,
        List<Ports> ports,
        List<String> hosts,
        List<String> peers,
        Optional<StoreFile> keys,
        Optional<StoreFile> trust,
        boolean textbook) {

    /** Nothing is done. */
    public static final UpgradeOptions OFF =
            new UpgradeOptions(Mode.OFF, List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), false);

    /** Whether there may be servers whose connections become TLS. */
    public boolean changesServers() {
        return (mode == Mode.PERMISSIVE || mode == Mode.STRICT) && !ports.isEmpty();
    }

    /** Whether a server asks its clients for certificates. */
    public boolean asksClients() {
        return trust.isPresent() || !peers.isEmpty();
    }

    /** Whether a client without a certificate is refused. */
    public boolean insists() {
        return asksClients() && mode == Mode.STRICT;
    }

    /** What happens to connections in plaintext. */
    public enum Mode {
        OFF,
        /** It is told who has them. */
        OBSERVE,
        /** TLS with whom speaks it. */
        PERMISSIVE,
        /** TLS or nothing. */
        STRICT
    }

    /** From the first to the last. */
    public record Ports(int first, int last) {

        private static final int LAST = 65_535;

        public boolean has(int port) {
            return first <= port && port <= last;
        }

        static Optional<Ports> of(String text) {
            if (!text.matches("[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?")) return Optional.empty();
            String[] ends = text.split("-");
            Ports ports = new Ports(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
            return ports.first <= ports.last && ports.last <= LAST ? Optional.of(ports) : Optional.empty();
        }
    }

    /** A file with keys or certificates, and its password or the file that has it. Its text has no secret. */
    public record StoreFile(String file, Optional<String> password, Optional<String> passwordFile) {

        @Override
        public String toString() {
            return file;
        }
    }

    static UpgradeOptions of(GivenWords given) throws OptionRefused {
        Mode mode = given.choice(AgentOption.UPGRADE, Mode.class, Mode.OFF);
        if (mode == Mode.OFF) return OFF;
        List<Ports> ports = ports(given);
        List<String> hosts = list(given, AgentOption.UPGRADE_HOSTS);
        if (mode != Mode.OBSERVE && ports.isEmpty() && hosts.isEmpty()) {
            throw new OptionRefused(given.named(AgentOption.UPGRADE) + " asks for " + AgentOption.UPGRADE_PORTS.word()
                    + " or " + AgentOption.UPGRADE_HOSTS.word());
        }
        return new UpgradeOptions(
                mode,
                ports,
                hosts,
                list(given, AgentOption.UPGRADE_PEERS),
                store(
                        given,
                        AgentOption.UPGRADE_KEYSTORE,
                        AgentOption.UPGRADE_KEYSTORE_PASSWORD,
                        AgentOption.UPGRADE_KEYSTORE_PASSWORD_FILE),
                store(
                        given,
                        AgentOption.UPGRADE_TRUSTSTORE,
                        AgentOption.UPGRADE_TRUSTSTORE_PASSWORD,
                        AgentOption.UPGRADE_TRUSTSTORE_PASSWORD_FILE),
                isTextbook(given));
    }

    /** Where all TLS of ours is AlmostTLSv1, this is too, on the terms of the upgrade. */
    private static boolean isTextbook(GivenWords given) throws OptionRefused {
        return given.oneOf(AgentOption.UPGRADE_PROTOCOL).equals("AlmostTLSv1")
                || given.oneOf(AgentOption.PROTOCOL).equals("AlmostTLSv1");
    }

    private static List<Ports> ports(GivenWords given) throws OptionRefused {
        List<Ports> all = new ArrayList<>();
        for (String text : list(given, AgentOption.UPGRADE_PORTS)) {
            Optional<Ports> ports = Ports.of(text);
            if (ports.isEmpty()) throw given.badValue(AgentOption.UPGRADE_PORTS);
            all.add(ports.get());
        }
        return List.copyOf(all);
    }

    private static List<String> list(GivenWords given, AgentOption option) throws OptionRefused {
        if (!given.has(option)) return List.of();
        List<String> all = new ArrayList<>();
        for (String text : given.value(option).split(",", -1)) {
            if (text.isBlank()) throw given.badValue(option);
            all.add(text.strip());
        }
        return List.copyOf(all);
    }

    private static Optional<StoreFile> store(
            GivenWords given, AgentOption file, AgentOption password, AgentOption passwordFile) {
        return given.anyValue(file)
                .map(name -> new StoreFile(name, given.anyValue(password), given.anyValue(passwordFile)));
    }
}
