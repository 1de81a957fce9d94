"""Questions a student asks: is my answer right, and if not, what did I do?"""
