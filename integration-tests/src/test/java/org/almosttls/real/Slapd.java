package org.almosttls.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An LDAP server, OpenLDAP over GnuTLS or OpenSSL as it was built, with a directory of one entry that is thrown away. */
final class Slapd implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
    private static final String READY = "slapd starting";
    private static final int ATTEMPTS = 5;

    private final Process server;
    private final int ldaps;
    private final int ldap;

    private Slapd(Process server, int ldaps, int ldap) {
        this.server = server;
        this.ldaps = ldaps;
        this.ldap = ldap;
    }

    /** Where Debian has it; not everybody has that on the PATH. */
    static boolean present() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * One that wants a certificate of its clients, and lets only {@code CN=client} write.
     *
     * @param folder an empty one
     * @param server its key and its certificates
     * @param ca the authority of its clients
     */
    static Slapd start(Path folder, Pem server, Path ca) throws IOException {
        Path settings = Files.writeString(folder.resolve("slapd.conf"), settings(folder, server, ca));
        Files.createDirectory(folder.resolve("entries"));
        load(folder, settings);
        for (int attempt = 1; ; attempt++) {
            Slapd slapd = launch(settings);
            List<String> said = slapd.untilReady();
            if (said.isEmpty()) return slapd;
            slapd.close();
            // Between our finding a port free and its taking it, somebody else may have.
            if (attempt == ATTEMPTS) throw new AssertionError("slapd does not start:\n" + String.join("\n", said));
        }
    }

    private static String settings(Path folder, Pem server, Path ca) {
        return """
                TLSCACertificateFile "%s"
                TLSCertificateFile "%s"
                TLSCertificateKeyFile "%s"
                TLSVerifyClient demand
                objectclass ( 1.1.1 NAME 'thing' SUP top STRUCTURAL MUST cn MAY description )
                database ldif
                suffix "cn=here"
                directory "%s"
                access to * by dn.exact="cn=client" write by * read
                """.formatted(ca, server.chain(), server.key(), folder.resolve("entries"));
    }

    private static void load(Path folder, Path settings) throws IOException {
        Path entries = Files.writeString(folder.resolve("entries.ldif"), """
                dn: cn=here
                objectClass: thing

                dn: cn=entry,cn=here
                objectClass: thing
                """);
        Process loading = program("-T", "add", "-f", settings.toString(), "-l", entries.toString());
        String said = new String(loading.getInputStream().readAllBytes());
        int code = loading.onExit().join().exitValue();
        if (code != 0) throw new AssertionError("slapd takes no entries:\n" + said);
    }

    private static Slapd launch(Path settings) throws IOException {
        int ldaps = FreePort.find();
        int ldap = FreePort.find();
        String addresses = "ldaps://127.0.0.1:" + ldaps + "/ ldap://127.0.0.1:" + ldap + "/";
        // With -d it stays in the foreground, and says little more than that it is there.
        return new Slapd(program("-d", "none", "-f", settings.toString(), "-h", addresses), ldaps, ldap);
    }

    private static Process program(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(PROGRAM.toString()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    /** What it said if it ended instead; else nothing. */
    private List<String> untilReady() throws IOException {
        BufferedReader output = server.inputReader();
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(READY)) return List.of();
            said.add(line);
        }
        return said;
    }

    String byLdaps() {
        return "ldaps://localhost:" + ldaps;
    }

    String byStartTls() {
        return "ldap://localhost:" + ldap;
    }

    @Override
    public void close() {
        server.destroy();
        server.onExit().join();
    }
}
