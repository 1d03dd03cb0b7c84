# test/perl/NirWire.pm - a client that speaks the wire protocol itself, for what
# no client library shows: every field of every message, binary parameters,
# and a statement that is sent now and answered later.
#
# An answer is a hash: state (the first SQLSTATE of an error, or ''), rows,
# messages (each a hash of the fields by their letters, with the kind in
# "kind": E error, N notice, A notification), and lost (the server hung up).

package NirWire;

use strict;
use warnings FATAL => 'all';

use IO::Socket::UNIX;

# A session of this user; options are startup parameters.
sub new
{
	my ($class, $node, $user, %option) = @_;
	my $self = bless { user => $user, lost => 0 }, $class;
	my %startup = (user => $user, database => 'postgres', %option);
	my $body = pack('N', 196608) . join('', map { "$_\0$startup{$_}\0" } sort keys %startup) . "\0";

	$self->{peer} = $node->host . '/.s.PGSQL.' . $node->port;
	$self->{socket} = IO::Socket::UNIX->new(Peer => $self->{peer}) or die "could not connect: $!";
	$self->write(pack('N', 4 + length($body)) . $body);
	$self->{welcome} = $self->answer;
	return $self;
}

sub pid { return $_[0]->{pid} }
sub lost { return $_[0]->{lost} }

# true inside a transaction block, also a failed one
sub in_transaction { return $_[0]->{status} ne 'I' }

sub write
{
	my ($self, $bytes) = @_;

	local $SIG{PIPE} = 'IGNORE';
	$self->{lost} = 1 unless defined $self->{socket}->syswrite($bytes);
}

sub send_message
{
	my ($self, $type, $body) = @_;

	$self->write($type . pack('N', 4 + length($body)) . $body);
}

# undef when the server has hung up
sub read_exactly
{
	my ($self, $length) = @_;
	my $data = '';

	while (length($data) < $length)
	{
		local $SIG{ALRM} = sub { die "no answer for two minutes\n" };
		alarm 120;
		my $got = $self->{socket}->sysread($data, $length - length($data), length($data));
		alarm 0;
		return undef unless $got;
	}
	return $data;
}

sub row
{
	my ($body) = @_;
	my $at = 2;
	my @fields;

	for (1 .. unpack('n', $body))
	{
		my $length = unpack('N', substr($body, $at, 4));
		$at += 4;
		next if $length == 0xFFFFFFFF;
		push @fields, substr($body, $at, $length);
		$at += $length;
	}
	return join('|', @fields);
}

# reads to ReadyForQuery, giving COPY the data that were left for it
sub answer
{
	my ($self, $copy) = @_;
	my %answer = (state => '', rows => [], messages => [], lost => 0);

	while (1)
	{
		my $type = $self->read_exactly(1);
		my $length = defined $type ? $self->read_exactly(4) : undef;
		my $body = defined $length ? $self->read_exactly(unpack('N', $length) - 4) : undef;

		unless (defined $body)
		{
			$answer{lost} = $self->{lost} = 1;
			last;
		}
		if ($type eq 'E' || $type eq 'N')
		{
			my %field = (kind => $type, map { substr($_, 0, 1) => substr($_, 1) } split(/\0/, $body));
			push @{ $answer{messages} }, \%field;
			$answer{state} = $field{C} if $type eq 'E' && $answer{state} eq '';
		}
		elsif ($type eq 'A') { push @{ $answer{messages} }, { kind => 'A', M => substr($body, 4) }; }
		elsif ($type eq 'D') { push @{ $answer{rows} }, row($body); }
		elsif ($type eq 'd') { push @{ $answer{rows} }, $body; }
		elsif ($type eq 'K') { ($self->{pid}, $self->{secret}) = unpack('NN', $body); }
		elsif ($type eq 'G')
		{
			$self->send_message('d', $copy // '');
			$self->send_message('c', '');
		}
		elsif ($type eq 'Z')
		{
			$self->{status} = $body;
			last;
		}
	}
	return \%answer;
}

# ---- one statement, or several, in the simple protocol ----

sub start
{
	my ($self, $sql) = @_;

	$self->send_message('Q', "$sql\0");
}

sub query
{
	my ($self, $sql, $copy) = @_;

	$self->start($sql);
	return $self->answer($copy);
}

# ---- one statement in the extended protocol ----

# Parameters: a scalar is sent as text, a reference to one as binary.
sub extended
{
	my ($self, $sql, @parameters) = @_;
	my @formats = map { ref $_ ? 1 : 0 } @parameters;
	my @values = map { ref $_ ? $$_ : $_ } @parameters;

	$self->send_message('P', "\0$sql\0" . pack('n', 0));
	$self->send_message('B', "\0\0" . pack('n*', scalar @formats, @formats)
		. pack('n', scalar @values) . join('', map { pack('N', length) . $_ } @values) . pack('n', 0));
	$self->send_message('E', "\0" . pack('N', 0));
	$self->send_message('S', '');
	return $self->answer;
}

# A function called by its number, as old clients do; parameters as above.
sub call
{
	my ($self, $function, @parameters) = @_;
	my @formats = map { ref $_ ? 1 : 0 } @parameters;
	my @values = map { ref $_ ? $$_ : $_ } @parameters;

	$self->send_message('F', pack('N', $function) . pack('n*', scalar @formats, @formats)
		. pack('n', scalar @values) . join('', map { pack('N', length) . $_ } @values) . pack('n', 0));
	return $self->answer;
}

# Asks the server, beside the session, to cancel what it is doing.
sub cancel
{
	my ($self) = @_;
	my $socket = IO::Socket::UNIX->new(Peer => $self->{peer}) or die "could not connect: $!";

	$socket->syswrite(pack('NNNN', 16, 80877102, $self->{pid}, $self->{secret}));
	$socket->sysread(my $nothing, 1);
}

1;
