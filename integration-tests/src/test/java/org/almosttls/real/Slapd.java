package org.almosttls.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An LDAP server, OpenLDAP over GnuTLS or OpenSSL as it was built, with a directory of one entry that is thrown away. */
final class Slapd implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
    private static final String READY = "slapd starting";

    private final StartedServer server;

    private Slapd(StartedServer server) {
        this.server = server;
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
        return new Slapd(StartedServer.awaited(READY, (ldaps, ldap) -> launch(settings, ldaps, ldap)));
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

    private static Process launch(Path settings, int ldaps, int ldap) throws IOException {
        String addresses = "ldaps://127.0.0.1:" + ldaps + "/ ldap://127.0.0.1:" + ldap + "/";
        // With -d it stays in the foreground, and says little more than that it is there.
        return program("-d", "none", "-f", settings.toString(), "-h", addresses);
    }

    private static Process program(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(PROGRAM.toString()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    String byLdaps() {
        return "ldaps://localhost:" + server.port();
    }

    String byStartTls() {
        return "ldap://localhost:" + server.other();
    }

    @Override
    public void close() {
        server.close();
    }
}
