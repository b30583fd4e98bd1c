package ordinary.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.BasicAttributes;
import javax.naming.directory.DirContext;
import javax.naming.ldap.ExtendedRequest;
import javax.naming.ldap.ExtendedResponse;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;

/** {@code DirectoryClient <address>...}: asks each directory, by LDAPS or by StartTLS, whom it takes the client for. */
public final class DirectoryClient {

    private static final String ENTRY = "cn=entry,cn=here";
    private static final String LARGE = "abcdefghij".repeat(10_000);

    private DirectoryClient() {}

    public static void main(String... args) {
        for (String address : args) {
            try {
                System.out.println(address.startsWith("ldaps") ? byLdaps(address) : byStartTls(address));
            } catch (NamingException | IOException e) {
                System.out.println("refused: " + deepest(e));
            }
        }
    }

    private static String byLdaps(String address) throws NamingException {
        Map<String, String> settings =
                Map.of(Context.PROVIDER_URL, address, Context.SECURITY_AUTHENTICATION, "EXTERNAL");
        LdapContext directory = open(settings);
        try {
            return "LDAPS " + ask(directory);
        } finally {
            directory.close();
        }
    }

    private static String byStartTls(String address) throws NamingException, IOException {
        LdapContext directory = open(Map.of(Context.PROVIDER_URL, address));
        try {
            StartTlsResponse tls = (StartTlsResponse) directory.extendedOperation(new StartTlsRequest());
            tls.negotiate();
            directory.addToEnvironment(Context.SECURITY_AUTHENTICATION, "EXTERNAL");
            String known = ask(directory);
            tls.close();
            return "StartTLS " + known;
        } finally {
            directory.close();
        }
    }

    private static LdapContext open(Map<String, String> settings) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>(settings);
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        return new InitialLdapContext(environment, null);
    }

    private static String ask(LdapContext directory) throws NamingException {
        ExtendedResponse known = directory.extendedOperation(new WhoAmI());
        String name = new String(known.getEncodedValue(), StandardCharsets.UTF_8);
        return name + (echo(directory) ? " and all back" : " and others back");
    }

    private static boolean echo(DirContext directory) throws NamingException {
        directory.modifyAttributes(ENTRY, DirContext.REPLACE_ATTRIBUTE, new BasicAttributes("description", LARGE));
        Object back = directory.getAttributes(ENTRY).get("description").get();
        return LARGE.equals(back);
    }

    private static Throwable deepest(Throwable thrown) {
        Throwable cause = thrown instanceof NamingException naming ? naming.getRootCause() : thrown.getCause();
        return cause == null ? thrown : deepest(cause);
    }

    /** RFC 4532. */
    private record WhoAmI() implements ExtendedRequest {

        @Override
        public String getID() {
            return "1.3.6.1.4.1.4203.1.11.3";
        }

        @Override
        public byte[] getEncodedValue() {
            return null;
        }

        @Override
        public ExtendedResponse createExtendedResponse(String id, byte[] ber, int offset, int length) {
            byte[] name = new byte[length];
            System.arraycopy(ber, offset, name, 0, length);
            return new Known(id, name);
        }
    }

    private record Known(String id, byte[] name) implements ExtendedResponse {

        @Override
        public String getID() {
            return id;
        }

        @Override
        public byte[] getEncodedValue() {
            return name;
        }
    }
}
